-- The rooms a user may be in.
-- KEYS {u:<id>}:rooms
-- Reply ok room ...
register_read('user_rooms', function(keys)
  local rooms = redis.call('HKEYS', keys[1])
  table.insert(rooms, 1, 'ok')
  return rooms
end)
