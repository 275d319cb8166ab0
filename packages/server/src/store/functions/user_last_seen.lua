-- When a user was last here, for others: of who hides it nothing.
-- KEYS {u:<id>}
-- Reply ok ms | none
register_read('user_last_seen', function(keys)
  local user = redis.call('HMGET', keys[1], 'hides', 'seen')
  if user[1] == '1' or not user[2] then return { 'none' } end
  return { 'ok', user[2] }
end)
