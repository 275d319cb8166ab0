-- Takes back an attempt that came to nothing.
-- KEYS pace:<what>:<whom>
-- Reply ok
register('pace_return', function(keys)
  local count = tonumber(redis.call('HGET', keys[1], 'count') or 0)
  -- first write
  if count > 0 then redis.call('HINCRBY', keys[1], 'count', -1) end
  return { 'ok' }
end, { 'allow-oom' })
