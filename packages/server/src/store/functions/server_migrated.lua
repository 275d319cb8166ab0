-- Notes that every step up to a schema number is done.
-- KEYS {server}
-- ARGV schema
-- Reply ok
register('server_migrated', function(keys, args)
  local schema = tonumber(redis.call('HGET', keys[1], 'schema') or 0)
  -- first write
  if schema < tonumber(args[1]) then redis.call('HSET', keys[1], 'schema', args[1]) end
  return { 'ok' }
end, { 'allow-oom' })
