-- Counts what a user has sent, over all nodes: how far that is ahead of the regular pace.
-- KEYS {u:<id>}:sends
-- ARGV how many, ms of the regular pace for each, ms ahead at most
-- Reply ok <ms ahead>
register('user_sends', function(keys, args)
  -- By Redis's own clock, so that nodes whose clocks differ agree.
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local due = math.max(now, tonumber(redis.call('GET', keys[1]) or 0)) + args[1] * args[2]
  due = math.min(due, now + args[3])
  -- first write
  redis.call('SET', keys[1], string.format('%.3f', due), 'PX', math.ceil(due - now) + 1)
  return { 'ok', string.format('%.0f', due - now) }
end, { 'allow-oom' })
