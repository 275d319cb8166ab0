-- Gives a new server its id; one that has an id keeps it.
-- KEYS {server}
-- ARGV id
-- Reply ok id
register('server_found', function(keys, args)
  local id = redis.call('HGET', keys[1], 'id')
  if id then return { 'ok', id } end
  -- first write
  redis.call('HSET', keys[1], 'id', args[1])
  return { 'ok', args[1] }
end)
