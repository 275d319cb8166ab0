-- What of a room reaches one's own attention. No event: it is nobody else's business.
-- KEYS {pXX}:room:<id>
-- ARGV user, involvement
-- Reply ok row | same row | no_room | epoch
register('member_involvement', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user)
  if not this then return reply end
  if this.me.involvement == args[2] then return { 'same', members.row(user, this.me) } end
  -- first write
  this.me.involvement = args[2]
  redis.call('HSET', key .. ':members', user, room.member_row(this.me))
  return { 'ok', members.row(user, this.me) }
end)
