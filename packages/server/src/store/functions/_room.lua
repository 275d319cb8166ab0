-- A room as a function of its members sees it, and how an event is written into its feed.
--
-- The hash of a room: kind name topic archived recall history seq rev at owners count joins settings roles pace asked.
-- `joins` counts joinings; `settings` and `roles` are the revs of the last change of each; `pace` is when the next
-- message may come at the regular pace, in ms; `asked`, of a room made under a nonce, is a digest of what was asked for.
-- A member: role, joined ms, fromSeq, fromRev, involvement, muted until ms, listed from seq (missing in old rows: 0),
-- joined by NUL.
--
-- The feed: id `<rev>-<ms>` and one field, m, whose value is kind, actor, seq ('' when there is none) and what else
-- there is to say, joined by NUL:
--   s nonce · e · r · m: message sent, edited, recalled, removed
--   c · g name topic archived recall history (each '=value' or ''): room created, changed
--   j user role ms · l user · o user role: member joined, left, has another role
-- What leaves Redis of an event is: epoch, recall seconds, who hid its message, the id, the value, the message's row (or
-- ''), joined by NUL.
local FEED_CHUNK = 4096
local FEED_DAYS = 31
local ROLE_RANK = { member = 1, admin = 2, owner = 3 }

local room = {}

function room.tag(key)
  return string.sub(key, 1, 5)
end

function room.member(row)
  local f = split(row)
  return {
    role = f[1], joined = f[2], from_seq = tonumber(f[3]), from_rev = tonumber(f[4]), involvement = f[5],
    muted_until = tonumber(f[6]), listed_from = tonumber(f[7] or 0),
  }
end

function room.member_row(member)
  return table.concat({
    member.role, member.joined, member.from_seq, member.from_rev, member.involvement, member.muted_until,
    member.listed_from,
  }, '\0')
end

-- The room without a member's rights; nil and a reply where there is none or its epoch is over.
function room.open(key, now)
  partition.here(room.tag(key))
  local f = redis.call('HMGET', key, 'kind', 'seq', 'rev', 'at', 'recall', 'archived')
  if not f[1] then return nil, { 'no_room' } end
  local epoch = partition.epoch(room.tag(key))
  if not epoch then return nil, { 'epoch' } end
  local at = tonumber(f[4])
  return {
    key = key, tag = room.tag(key), epoch = epoch, kind = f[1], seq = tonumber(f[2]), rev = tonumber(f[3]),
    at = at, recall = f[5], archived = f[6] == '1', now = math.max(tonumber(now or 0), at), told = {}, put = {},
  }
end

-- The room for one who asks: nil and `no_room` when it is not for them, whether it exists or not.
function room.enter(key, user, now)
  local this, reply = room.open(key, now)
  if not this then return nil, reply end
  local row = redis.call('HGET', key .. ':members', user)
  if not row then return nil, { 'no_room' } end
  this.user, this.me = user, room.member(row)
  return this
end

-- Fails, before the first write, where a key that so many messages and events are written to is of the wrong type.
function room.ready(this, messages, events)
  local key = this.key
  for seq = this.seq + 1, this.seq + messages, CHUNK do redis.call('XLEN', log.chunk(key, seq)) end
  if messages > 1 then redis.call('XLEN', log.chunk(key, this.seq + messages)) end
  if events > 0 then
    redis.call('XLEN', room.feed(key, this.rev + 1))
    if events > 1 then redis.call('XLEN', room.feed(key, this.rev + events)) end
    redis.call('ZCARD', this.tag .. ':touched')
  end
end

function room.feed(key, rev)
  return key .. ':feed:' .. math.floor(rev / FEED_CHUNK)
end

-- Appends an event. `more` is what the kind has to say besides; `row` the message's row or nil.
function room.tell(this, kind, actor, seq, more, row, hidden_by)
  local rev = this.rev + 1
  this.rev = rev
  local id = rev .. '-' .. this.now
  local value = kind .. '\0' .. actor .. '\0' .. (seq or '') .. (more and '\0' .. more or '')
  redis.call('XADD', room.feed(this.key, rev), id, 'm', value)
  if rev % FEED_CHUNK == 0 then
    redis.call('PEXPIREAT', room.feed(this.key, rev - 1), this.now + FEED_DAYS * 86400000)
  end
  this.told[#this.told + 1] = room.event_row(this, id, value, row, hidden_by)
end

function room.event_row(this, id, value, row, hidden_by)
  return this.epoch .. '\0' .. this.recall .. '\0' .. (hidden_by or '') .. '\0' .. id .. '\0' .. value .. '\0' .. (row or '')
end

-- A message of the room itself, which counts as unread for nobody. The event that it belongs to comes next and has
-- the next rev. Answers its seq and row.
function room.note(this, actor, code, first, second)
  local seq = this.seq + 1
  this.seq = seq
  redis.call('ZADD', this.key .. ':uncounted', seq, seq)
  return seq, log.append_note(this.key, seq, this.now, actor, this.rev + 1, code, first, second)
end

-- The last of the writes: heads and time, what is new in the partition, and then the events are published.
function room.close(this)
  redis.call('HSET', this.key, 'seq', this.seq, 'rev', this.rev, 'at', this.now, unpack(this.put))
  local tick = redis.call('HINCRBY', this.tag .. ':partition', 'tick', 1)
  redis.call('ZADD', this.tag .. ':touched', tick, string.sub(this.key, 12))
  for at = 1, #this.told do redis.call('SPUBLISH', this.key, this.told[at]) end
end

-- How many messages after `read` count for this user.
function room.unread(this, user, read)
  if read >= this.seq then return 0 end
  local after = '(' .. read
  return this.seq - read
    - redis.call('ZCOUNT', this.key .. ':uncounted', after, '+inf')
    - redis.call('ZCOUNT', this.key .. ':hidden:' .. user, after, '+inf')
end

-- Up to where this user has read.
function room.read_seq(this)
  return tonumber(redis.call('HGET', this.key .. ':reads', this.user) or this.me.from_seq - 1)
end

-- A message that this member may know of, opened, and as it was read; or nil and a word.
function room.message(this, seq)
  if seq < this.me.from_seq or seq > this.seq then return nil, 'no_message' end
  local message = log.one(this.key, seq)
  if not message then return nil, 'no_message' end
  return log.open(this.key, seq, message), message
end

-- Whether the asking member has hidden a message. To be asked before the first write.
function room.has_hidden(this, seq)
  return redis.call('ZSCORE', this.key .. ':hidden:' .. this.user, seq) ~= false
end

-- Where somebody stands in the list of members: owners, admins, members, each in the order of joining.
local ROSTER = 17592186044416
function room.roster(role, joining)
  return (3 - ROLE_RANK[role]) * ROSTER + joining
end

-- The messages that events are about, by seq; each event learns its own. Numbers close to each other are read together.
function room.messages_of(key, events)
  local seqs = {}
  for at = 1, #events do
    local seq = tonumber(string.match(events[at][2][2], '^%a%z%w*%z(%d*)'))
    events[at].seq = seq
    if seq then seqs[#seqs + 1] = seq end
  end
  table.sort(seqs)
  local found, from = {}, 1
  while from <= #seqs do
    local to = from
    while to < #seqs and seqs[to + 1] - seqs[to] <= 8 and seqs[to + 1] - seqs[from] < CHUNK do to = to + 1 end
    for seq, message in pairs(log.read(key, seqs[from], seqs[to])) do found[seq] = message end
    from = to + 1
  end
  return found
end
