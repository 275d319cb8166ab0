-- Forgets entries that are no longer true.
-- KEYS {server}:open
-- ARGV entries
-- Reply ok
register('open_drop', function(keys, args)
  -- first write
  redis.call('ZREM', keys[1], unpack(args))
  return { 'ok' }
end, { 'allow-oom' })
