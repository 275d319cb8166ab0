-- Counts an attempt in a window of time; when all of a window are used up, windows grow.
-- KEYS pace:<what>:<whom>
-- ARGV now, attempts a window, ms of the first window, ms of the longest, for how long a count is remembered (ms)
-- Reply ok | wait <ms>
register('pace_take', function(keys, args)
  local now, limit, first, longest = tonumber(args[1]), tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  local pace = redis.call('HMGET', keys[1], 'count', 'ends', 'grown')
  local count, ends, grown = tonumber(pace[1] or 0), tonumber(pace[2] or 0), tonumber(pace[3] or 0)
  -- A clock that was set back must not hold anybody longer than the longest window.
  if ends > now + longest then ends = now + longest end
  if now >= ends then
    count, ends = 0, now + first
  elseif count >= limit then
    return { 'wait', tostring(ends - now) }
  end
  count = count + 1
  if count >= limit and longest > first then
    ends = now + math.min(first * 2 ^ grown, longest)
    grown = math.min(grown + 1, 20)
  end
  -- first write
  redis.call('HSET', keys[1], 'count', count, 'ends', string.format('%.0f', ends), 'grown', grown)
  redis.call('PEXPIRE', keys[1], string.format('%.0f', ends - now + tonumber(args[5])))
  return { 'ok' }
end)
