-- Holds a name for a user who is about to be made.
-- KEYS name:<folded>
-- ARGV user, for how many ms
-- Reply ok | taken <user> <kept|held>   (held: somebody else is about to be made)
register('name_reserve', function(keys, args)
  local user = redis.call('GET', keys[1])
  if user then return { 'taken', user, redis.call('PTTL', keys[1]) == -1 and 'kept' or 'held' } end
  -- first write
  redis.call('SET', keys[1], args[1], 'PX', args[2])
  return { 'ok' }
end)
