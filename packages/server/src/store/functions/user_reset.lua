-- Sets a new password by a one-time link, which is spent; every session ends.
-- KEYS {u:<id>} {u:<id>}:sessions {u:<id>}:reset
-- ARGV hash of the secret, now, the new password's hash
-- Reply ok <rev> | spent
-- Event on the user's line: sessions.ended
register('user_reset', function(keys, args)
  local known = redis.call('HEXISTS', keys[1], 'password') == 1
  local rows = redis.call('HGETALL', keys[2])
  local reset = redis.call('HMGET', keys[3], 'hash', 'until')
  if not known or reset[1] ~= args[1] or tonumber(reset[2]) <= tonumber(args[2]) then return { 'spent' } end
  -- first write
  redis.call('DEL', keys[3])
  redis.call('HSET', keys[1], 'password', args[3])
  return { 'ok', line.end_sessions(keys[1], keys[2], rows, '') }
end)
