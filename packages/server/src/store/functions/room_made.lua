-- Whether the room was made that somebody asks for under a nonce, and which of some users are in it.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, digest of what is asked for, other users ...
-- Reply ok user ... | none | nonce_reused | no_room
register_read('room_made', function(keys, args)
  local key = keys[1]
  partition.here(room.tag(key))
  local asked = redis.call('HGET', key, 'asked')
  if not asked then return { 'none' } end
  if asked ~= args[2] then return { 'nonce_reused' } end
  if redis.call('HEXISTS', key .. ':members', args[1]) == 0 then return { 'no_room' } end
  local found = { 'ok' }
  local rows = redis.call('HMGET', key .. ':members', unpack(args, 3))
  for at = 1, #rows do
    if rows[at] then found[#found + 1] = args[at + 2] end
  end
  return found
end)
