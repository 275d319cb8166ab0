-- What of a room is one's own: how far it calls, and from which message on it stands in the list of rooms.
-- 0: always; at the latest from the next one. No event: it is nobody else's business.
-- KEYS {pXX}:room:<id>
-- ARGV user, involvement or '', listed from or ''
-- Reply ok row involvement listed-from | same row involvement listed-from | no_room | epoch
register('member_own', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user)
  if not this then return reply end
  local involvement = args[2] ~= '' and args[2] or this.me.involvement
  local from = args[3] ~= '' and math.min(tonumber(args[3]), this.seq + 1) or this.me.listed_from
  local answer = { 'same', members.row(user, this.me), involvement, tostring(from) }
  if involvement == this.me.involvement and from == this.me.listed_from then return answer end
  -- first write
  this.me.involvement, this.me.listed_from = involvement, from
  redis.call('HSET', key .. ':members', user, room.member_row(this.me))
  answer[1] = 'ok'
  return answer
end)
