-- Notes that whatever follows from a user's making (place, directory) is done.
-- KEYS {u:<id>}
-- Reply ok | no_user
register('user_settle', function(keys)
  if redis.call('HEXISTS', keys[1], 'kind') == 0 then return { 'no_user' } end
  -- first write
  redis.call('HSET', keys[1], 'settled', '1')
  return { 'ok' }
end)
