-- Forgets attempts.
-- KEYS pace:<what>:<whom>
-- Reply ok
register('pace_clear', function(keys)
  -- first write
  redis.call('DEL', keys[1])
  return { 'ok' }
end, { 'allow-oom' })
