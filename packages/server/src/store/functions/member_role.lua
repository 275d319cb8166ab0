-- An owner gives a member another role; an owner may give up their own unless they are the last.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, now, other user, role, rev or ''
-- Reply ok row | no_room | direct_fixed | forbidden | no_member | last_owner | room_archived | moved_on | epoch
-- Events: member changed, with a note, unless the role is the same
register('member_role', function(keys, args)
  local key, user, other, role = keys[1], args[1], args[3], args[4]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  if this.kind == 'direct' then return { 'direct_fixed' } end
  local row = redis.call('HGET', key .. ':members', other)
  if not row then return { 'no_member' } end
  local member = room.member(row)
  if member.role == role and (this.me.role == 'owner' or other == user) then return { 'ok', members.row(other, member) } end
  if this.me.role ~= 'owner' then return { 'forbidden' } end
  if this.archived then return { 'room_archived' } end
  local f = redis.call('HMGET', key, 'owners', 'roles')
  local owners = tonumber(f[1])
  if args[5] ~= '' and tonumber(args[5]) < tonumber(f[2]) then return { 'moved_on' } end
  if member.role == 'owner' and owners < 2 then return { 'last_owner' } end
  local roster = tonumber(redis.call('ZSCORE', key .. ':roster', other) or 0)
  members.ready(this)
  -- first write
  local seq, note = room.note(this, user, 'member.role', other, role)
  owners = owners - (member.role == 'owner' and 1 or 0) + (role == 'owner' and 1 or 0)
  member.role = role
  redis.call('HSET', key .. ':members', other, room.member_row(member))
  redis.call('ZADD', key .. ':roster', room.roster(role, math.fmod(roster, ROSTER)), other)
  room.tell(this, 'o', user, seq, joined(other, role), note)
  this.put = { 'owners', owners, 'roles', this.rev }
  room.close(this)
  return { 'ok', members.row(other, member) }
end)
