-- Since when words that were taken back have been waiting to leave the append-only file, by Redis's own clock.
-- KEYS {pXX}:partition
-- ARGV –
-- Reply ok now oldest, or '' when there are none
register_read('partition_erase', function(keys)
  partition.here(string.sub(keys[1], 1, 5))
  local time = redis.call('TIME')
  local now = time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
  return { 'ok', now, redis.call('HGET', keys[1], 'erase') or '' }
end)
