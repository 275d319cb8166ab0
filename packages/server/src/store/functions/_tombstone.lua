-- Taking a message out of the log for everybody, so that none of its words is left in any key.
local tombstone = {}

-- The checks, before the first write; answers what tombstone.bury needs.
function tombstone.plan(this, message)
  local key, seq = this.key, message.seq
  local chunk, state = log.chunk(key, seq), log.state(key, seq)
  redis.call('HLEN', state)
  redis.call('ZCARD', key .. ':uncounted')
  local keys = { chunk, chunk .. ':copy', state, key .. ':text:' .. seq, key .. ':edits:' .. seq, key .. ':uncounted' }
  local hiders = {}
  for id in string.gmatch(message.hidden_by or '', '%w%w%w%w%w%w%w%w%w%w') do
    local name = key .. ':hidden:' .. id
    redis.call('ZCARD', name)
    hiders[#hiders + 1] = name
    -- Lua hands over some thousand values at once, no more.
    if #hiders <= 4000 then keys[#keys + 1] = name end
  end
  room.ready(this, 0, 1, keys)
  return { entries = redis.call('XRANGE', chunk, '-', '+'), hiders = hiders }
end

-- Puts the tombstone's row in the message's place.
function tombstone.bury(this, message, plan, row)
  local key, seq = this.key, message.seq
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
