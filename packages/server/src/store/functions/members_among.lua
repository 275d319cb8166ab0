-- Those of some users who are members of a room, for a member.
-- KEYS {pXX}:room:<id>
-- ARGV user who asks, other users ...
-- Reply ok count, then rows | no_room | epoch
register_read('members_among', function(keys, args)
  local this, reply = room.enter(keys[1], args[1])
  if not this then return reply end
  local found = { 'ok', redis.call('HGET', keys[1], 'count') }
  local rows = redis.call('HMGET', keys[1] .. ':members', unpack(args, 2))
  for at = 1, #rows do
    if rows[at] then found[#found + 1] = members.row(args[at + 1], room.member(rows[at])) end
  end
  return found
end)
