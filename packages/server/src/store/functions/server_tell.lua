-- Tells every node something that nobody misses who was not there.
-- KEYS {server}
-- ARGV the entry as JSON
-- Reply ok
register('server_tell', function(keys, args)
  redis.call('SPUBLISH', keys[1], args[1])
  return { 'ok' }
end, { 'allow-oom' })
