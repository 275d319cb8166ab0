-- Leaves a room. Possible in an archived room, and when memory is full.
-- KEYS {pXX}:room:<id>
-- ARGV user, now
-- Reply ok | no_room | direct_fixed | last_owner | epoch
-- Events: member left, with a note
register('member_leave', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  if this.kind == 'direct' then return { 'direct_fixed' } end
  if this.me.role == 'owner' and tonumber(redis.call('HGET', key, 'owners')) < 2 then return { 'last_owner' } end
  members.ready(this)
  -- first write
  members.dismiss(this, user, this.me, user)
  return { 'ok' }
end, { 'allow-oom' })
