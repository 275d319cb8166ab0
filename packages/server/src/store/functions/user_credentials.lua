-- What a sign-in is checked against.
-- KEYS {u:<id>}
-- Reply ok status password | no_user
register_read('user_credentials', function(keys)
  local user = redis.call('HMGET', keys[1], 'status', 'password')
  if not user[1] then return { 'no_user' } end
  return { 'ok', user[1], user[2] or '' }
end)
