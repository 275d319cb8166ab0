-- A partition: the rooms whose ids begin alike, in one slot. Its hash holds the epoch of its logs and the Redis life
-- under which that epoch was begun, its tick, and what has yet to leave the append-only file.
local partition = {}

-- Fails, before anything is read or written, while the slot is on its way from one node to another. There an absent key
-- is an error, and of two at once also on the node that the slot moves to: these two are never there. What a function
-- would do with keys of which some have gone and some have come would be neither whole nor true.
function partition.here(tag)
  redis.call('EXISTS', tag .. ':none', tag .. ':nothing')
end

-- Which life of Redis this is: it changes wherever the data can have gone back (failover, restart, restore).
function partition.life()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end

-- The epoch under which the partition's numbers hold, or nil when a new one has to begin.
function partition.epoch(tag)
  local state = redis.call('HMGET', tag .. ':partition', 'epoch', 'replid')
  if state[1] and state[2] == partition.life() then return state[1] end
  return nil
end

-- Notes that words were taken out of the log which the append-only file still has. By Redis's own clock, so that
-- nodes whose clocks differ agree.
function partition.to_erase(tag)
  local time = redis.call('TIME')
  local now = time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
  redis.call('HSETNX', tag .. ':partition', 'erase', now)
  redis.call('HSET', tag .. ':partition', 'erase_last', now)
end
