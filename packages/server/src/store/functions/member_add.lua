-- An owner or admin adds somebody to a room.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, now, most members, user to add
-- Reply ok row | again row | no_room | direct_fixed | forbidden | room_archived | room_full | epoch
-- Events: member joined, with a note
register('member_add', function(keys, args)
  local key, user, other = keys[1], args[1], args[4]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local row = redis.call('HGET', key .. ':members', other)
  if row then return { 'again', members.row(other, room.member(row)) } end
  if this.kind == 'direct' then return { 'direct_fixed' } end
  if ROLE_RANK[this.me.role] < 2 then return { 'forbidden' } end
  if this.archived then return { 'room_archived' } end
  local f = redis.call('HMGET', key, 'history', 'count', 'joins')
  if tonumber(f[2]) >= tonumber(args[3]) then return { 'room_full' } end
  members.ready(this)
  -- first write
  return { 'ok', members.row(other, members.admit(this, other, user, f)) }
end)
