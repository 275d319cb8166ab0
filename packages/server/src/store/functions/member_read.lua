-- One member, for another.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, other user
-- Reply ok row | no_room | no_member | epoch
register_read('member_read', function(keys, args)
  local this, reply = room.enter(keys[1], args[1])
  if not this then return reply end
  local row = redis.call('HGET', keys[1] .. ':members', args[2])
  if not row then return { 'no_member' } end
  return { 'ok', members.row(args[2], room.member(row)) }
end)
