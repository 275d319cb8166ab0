-- Joins an open room. Whoever is in it already is told so, in a room of any kind.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, most members
-- Reply ok row | again row | no_room | room_full | epoch
-- Events: member joined, with a note
register('member_join', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.open(key, args[2])
  if not this then return reply end
  local row = redis.call('HGET', key .. ':members', user)
  if row then return { 'again', members.row(user, room.member(row)) } end
  if this.kind ~= 'open' or this.archived then return { 'no_room' } end
  local f = redis.call('HMGET', key, 'history', 'count', 'joins')
  if tonumber(f[2]) >= tonumber(args[3]) then return { 'room_full' } end
  members.ready(this)
  -- first write
  return { 'ok', members.row(user, members.admit(this, user, user, f)) }
end)
