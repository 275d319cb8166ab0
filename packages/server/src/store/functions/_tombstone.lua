-- Taking a message out of the log for everybody, so that none of its words is left in any key.
local tombstone = {}

-- The checks, before the first write; answers what tombstone.bury needs.
function tombstone.plan(this, said, message)
  local key, seq = this.key, said.seq
  redis.call('HLEN', log.state(key, seq))
  redis.call('ZCARD', key .. ':uncounted')
  local hiders = {}
  for id in string.gmatch(message.hidden_by or '', '%w%w%w%w%w%w%w%w%w%w') do
    hiders[#hiders + 1] = key .. ':hidden:' .. id
    redis.call('ZCARD', hiders[#hiders])
  end
  room.ready(this, 0, 1)
  return { seq = seq, entries = redis.call('XRANGE', log.chunk(key, seq), '-', '+'), hiders = hiders }
end

-- Puts the tombstone's row in the message's place.
function tombstone.bury(this, message, plan, row)
  local key, seq = this.key, plan.seq
  local state = log.state(key, seq)
  redis.call('HSET', state, seq .. ':t', row)
  redis.call('HDEL', state, seq .. ':e')
  redis.call('DEL', key .. ':text:' .. seq, key .. ':edits:' .. seq)
  redis.call('ZADD', key .. ':uncounted', seq, seq)
  -- From now on it is subtracted as uncounted, so no longer as hidden.
  for _, name in ipairs(plan.hiders) do redis.call('ZADD', name, -seq, seq) end
  log.rewrite(key, seq, plan.entries)
  partition.to_erase(this.tag)
  message.tombstone = row
end
