-- Has read up to a message; a mark never goes back, nor past the head.
-- KEYS {pXX}:room:<id>
-- ARGV user, seq
-- Reply ok readSeq unread | same readSeq unread | no_room | epoch
register('room_mark_read', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user)
  if not this then return reply end
  local read = room.read_seq(this)
  local seq = math.min(tonumber(args[2]), this.seq)
  local unread = room.unread(this, user, math.max(seq, read))
  if seq <= read then return { 'same', tostring(read), tostring(unread) } end
  -- first write
  redis.call('HSET', key .. ':reads', user, seq)
  return { 'ok', tostring(seq), tostring(unread) }
end)
