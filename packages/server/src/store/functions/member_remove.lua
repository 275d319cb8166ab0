-- Removes somebody: owners anybody, admins members. Possible in an archived room, and when memory is full.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, now, user to remove
-- Reply ok | no_room | direct_fixed | forbidden | no_member | epoch
-- Events: member left, with a note
register('member_remove', function(keys, args)
  local key, user, other = keys[1], args[1], args[3]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  if this.kind == 'direct' then return { 'direct_fixed' } end
  local mine = ROLE_RANK[this.me.role]
  if mine < 2 then return { 'forbidden' } end
  local row = redis.call('HGET', key .. ':members', other)
  if not row then return { 'no_member' } end
  local member = room.member(row)
  if mine < 3 and ROLE_RANK[member.role] >= mine then return { 'forbidden' } end
  -- Whoever removes an owner is one, so that one stays: oneself goes by leaving.
  if other == user then return { 'forbidden' } end
  members.ready(this)
  -- first write
  members.dismiss(this, other, member, user)
  return { 'ok' }
end, { 'allow-oom' })
