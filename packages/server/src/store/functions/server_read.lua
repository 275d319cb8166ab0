-- What administrators have set, and whose the server is.
-- KEYS {server}
-- Reply ok id name registration owner until   ('' where nothing is set; until: the owner is not made yet)
register_read('server_read', function(keys)
  local server = redis.call('HMGET', keys[1], 'id', 'name', 'registration', 'owner', 'ownerUntil')
  local reply = { 'ok' }
  for at = 1, 5 do reply[at + 1] = server[at] or '' end
  return reply
end)
