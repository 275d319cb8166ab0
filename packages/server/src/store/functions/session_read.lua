-- A session and what its user may do now.
-- KEYS {u:<id>} {u:<id>}:sessions
-- ARGV hash of the secret
-- Reply ok role status row | none
register_read('session_read', function(keys, args)
  local row = redis.call('HGET', keys[2], args[1])
  if not row then return { 'none' } end
  local user = redis.call('HMGET', keys[1], 'role', 'status')
  if not user[1] then return { 'none' } end
  return { 'ok', user[1], user[2], row }
end)
