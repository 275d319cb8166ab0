-- Forgets a room of a user after the membership is gone.
-- KEYS {u:<id>}:rooms
-- ARGV room
-- Reply ok
register('user_drop_room', function(keys, args)
  -- first write
  redis.call('HDEL', keys[1], args[1])
  return { 'ok' }
end, { 'allow-oom' })
