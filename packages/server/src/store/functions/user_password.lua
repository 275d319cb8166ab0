-- Sets a new password if the old one is still what was checked; every session but one ends, and so do reset links.
-- KEYS {u:<id>} {u:<id>}:sessions {u:<id>}:reset
-- ARGV the old one's hash, the new one's hash, session to keep
-- Reply ok <rev> | moved | no_user
-- Event on the user's line: sessions.ended
register('user_password', function(keys, args)
  local password = redis.call('HGET', keys[1], 'password')
  local rows = redis.call('HGETALL', keys[2])
  redis.call('HLEN', keys[3])
  if not password then return { 'no_user' } end
  if password ~= args[1] then return { 'moved' } end
  -- first write
  redis.call('HSET', keys[1], 'password', args[2])
  redis.call('DEL', keys[3])
  return { 'ok', line.end_sessions(keys[1], keys[2], rows, args[3]) }
end, { 'allow-oom' })
