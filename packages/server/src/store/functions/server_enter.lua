-- A node asks whether it may work on these data. The first one writes down what holds from then on.
-- KEYS {server}
-- ARGV the schema number the node knows, the fingerprint of its secret
-- Reply ok schema | newer schema | other-secret
register('server_enter', function(keys, args)
  local schema, secret = unpack(redis.call('HMGET', keys[1], 'schema', 'secret'))
  if schema and tonumber(schema) > tonumber(args[1]) then return { 'newer', schema } end
  if secret and secret ~= args[2] then return { 'other-secret' } end
  -- first write
  if not schema or not secret then redis.call('HSET', keys[1], 'schema', schema or args[1], 'secret', args[2]) end
  return { 'ok', schema or args[1] }
end, { 'allow-oom' })
