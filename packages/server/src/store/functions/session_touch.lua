-- Notes that a session is in use; one that has ended stays ended.
-- KEYS {u:<id>}:sessions
-- ARGV hash of the secret, now, longest ms
-- Reply ok | none
register('session_touch', function(keys, args)
  local row = redis.call('HGET', keys[1], args[1])
  if not row then return { 'none' } end
  local fields = line.split(row)
  if tonumber(fields[3]) >= tonumber(args[2]) then return { 'ok' } end
  fields[3] = args[2]
  -- first write
  redis.call('HSET', keys[1], args[1], table.concat(fields, '\0'))
  redis.call('PEXPIRE', keys[1], args[3])
  return { 'ok' }
end)
