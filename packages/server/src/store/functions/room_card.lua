-- An open room as somebody sees it who could join it.
-- KEYS {pXX}:room:<id>
-- ARGV user
-- Reply ok name topic count ms joined (1 or 0) archived (1 or 0) | no_room
register_read('room_card', function(keys, args)
  partition.here(room.tag(keys[1]))
  local f = redis.call('HMGET', keys[1], 'kind', 'name', 'topic', 'count', 'at', 'archived')
  if f[1] ~= 'open' then return { 'no_room' } end
  local joined = redis.call('HEXISTS', keys[1] .. ':members', args[1])
  return { 'ok', f[2], f[3], f[4], f[5], tostring(joined), f[6] }
end)
