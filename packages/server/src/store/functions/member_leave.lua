-- Leaves a room. Possible in an archived room, and when memory is full. With its last member a room is archived:
-- nobody can come into a room that has no owner.
-- KEYS {pXX}:room:<id>
-- ARGV user, now
-- Reply ok | no_room | direct_fixed | last_owner | epoch
-- Events: member left, with a note
register('member_leave', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  if this.kind == 'direct' then return { 'direct_fixed' } end
  local f = redis.call('HMGET', key, 'owners', 'count')
  local alone = tonumber(f[2]) < 2
  if this.me.role == 'owner' and tonumber(f[1]) < 2 and not alone then return { 'last_owner' } end
  members.ready(this)
  -- first write
  members.dismiss(this, user, this.me, user, alone)
  return { 'ok' }
end, { 'allow-oom' })
