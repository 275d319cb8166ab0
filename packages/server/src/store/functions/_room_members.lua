-- Coming into a room and going out of it.
local members = {}

-- The checks that concern keys, before the first write.
function members.ready(this)
  local key = this.key
  redis.call('ZCARD', key .. ':roster')
  redis.call('HLEN', key .. ':reads')
  redis.call('ZCARD', key .. ':uncounted')
  room.ready(this, 1, 1)
end

-- Lets somebody in at the head of the room: what was said before is read.
-- `f` is HMGET of history, count, joins. Answers the member.
function members.admit(this, user, actor, f)
  local key = this.key
  local seq, row
  if user == actor then seq, row = room.note(this, actor, 'member.joined')
  else seq, row = room.note(this, actor, 'member.added', user) end
  local joining = tonumber(f[3]) + 1
  local member = {
    role = 'member', joined = tostring(this.now), from_seq = f[1] == 'joined' and seq or 1, from_rev = this.rev + 1,
    involvement = 'everything', muted_until = 0, listed_from = 0,
  }
  redis.call('HSET', key .. ':members', user, room.member_row(member))
  redis.call('ZADD', key .. ':roster', room.roster('member', joining), user)
  redis.call('HSET', key .. ':reads', user, seq)
  this.put = { 'count', tonumber(f[2]) + 1, 'joins', joining }
  room.tell(this, 'j', actor, seq, joined(user, 'member', member.joined), row)
  room.close(this)
  return member
end

-- Lets somebody out. The removal's event is the last of the room that is theirs. `closes`: nobody comes after.
function members.dismiss(this, user, member, actor, closes)
  local key = this.key
  local f = redis.call('HMGET', key, 'owners', 'count')
  local seq, row
  if user == actor then seq, row = room.note(this, actor, 'member.left')
  else seq, row = room.note(this, actor, 'member.removed', user) end
  redis.call('HDEL', key .. ':members', user)
  redis.call('ZREM', key .. ':roster', user)
  redis.call('HDEL', key .. ':reads', user)
  local owners = tonumber(f[1]) - (member.role == 'owner' and 1 or 0)
  this.put = { 'owners', owners, 'count', tonumber(f[2]) - 1 }
  if closes then
    this.put[#this.put + 1] = 'archived'
    this.put[#this.put + 1] = '1'
  end
  room.tell(this, 'l', actor, seq, user, row)
  room.close(this)
end

-- A member's row as it leaves Redis: user role joined-ms.
function members.row(user, member)
  return user .. '\0' .. member.role .. '\0' .. member.joined
end
