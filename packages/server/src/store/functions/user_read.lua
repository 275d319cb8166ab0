-- A user without secrets.
-- KEYS {u:<id>}
-- Reply ok kind name display role status locale zone at rev settled hides | no_user
register_read('user_read', function(keys)
  local user = redis.call('HMGET', keys[1], 'kind', 'name', 'display', 'role', 'status', 'locale', 'zone', 'at', 'rev',
    'settled', 'hides')
  if not user[1] then return { 'no_user' } end
  local reply = { 'ok' }
  for at = 1, 11 do reply[at + 1] = user[at] or '' end
  return reply
end)
