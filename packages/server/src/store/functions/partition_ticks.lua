-- What is new in a partition since a tick: its rooms with an event since then, the oldest first, with their heads.
-- KEYS {pXX}:partition
-- ARGV tick or '' to learn only the tick, how many rooms
-- Reply ok epoch tick, then room rev pairs; the tick is that of the last room given when there are more | epoch
-- A tick beyond the partition's own (it went back) gives all of its rooms.
register_read('partition_ticks', function(keys, args)
  local tag = string.sub(keys[1], 1, 5)
  partition.here(tag)
  local tick = redis.call('HGET', keys[1], 'tick')
  if not tick then return { 'ok', '', '0' } end
  local epoch = partition.epoch(tag)
  if not epoch then return { 'epoch' } end
  local since = tonumber(args[1])
  if not since or since == tonumber(tick) then return { 'ok', epoch, tick } end
  if since > tonumber(tick) then since = 0 end
  local limit = tonumber(args[2])
  local rows = redis.call('ZRANGEBYSCORE', tag .. ':touched', '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
  local answer = { 'ok', epoch, tick }
  for at = 1, #rows, 2 do
    answer[#answer + 1] = rows[at]
    answer[#answer + 1] = redis.call('HGET', tag .. ':room:' .. rows[at], 'rev') or '0'
  end
  if #rows == limit * 2 then answer[3] = rows[#rows] end
  return answer
end)
