-- Notes when a user was last here, at most so often, and nothing of a user who hides it.
-- KEYS {u:<id>}
-- ARGV now ms, at least so many ms since the last note
-- Reply ok | again | hidden | no_user
register('user_seen', function(keys, args)
  local user = redis.call('HMGET', keys[1], 'kind', 'hides', 'seen')
  if not user[1] then return { 'no_user' } end
  if user[2] == '1' then return { 'hidden' } end
  if user[3] and tonumber(args[1]) - tonumber(user[3]) < tonumber(args[2]) then return { 'again' } end
  -- first write
  redis.call('HSET', keys[1], 'seen', args[1])
  return { 'ok' }
end)
