-- Notes a room of a user before the membership is written.
-- KEYS {u:<id>} {u:<id>}:rooms
-- ARGV room, how many a user may have, now
-- Reply ok | again | too_many | no_user
register('user_hold_room', function(keys, args)
  local status = redis.call('HGET', keys[1], 'status')
  local held = redis.call('HEXISTS', keys[2], args[1]) == 1
  if held then return { 'again' } end
  if status ~= 'active' then return { 'no_user' } end
  if redis.call('HLEN', keys[2]) >= tonumber(args[2]) then return { 'too_many' } end
  -- first write
  redis.call('HSET', keys[2], args[1], args[3])
  return { 'ok' }
end)
