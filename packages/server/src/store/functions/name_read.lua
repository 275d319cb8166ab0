-- Whose name it is.
-- KEYS name:<folded>
-- Reply ok <user> <kept|held> | free
register_read('name_read', function(keys)
  local user = redis.call('GET', keys[1])
  if not user then return { 'free' } end
  return { 'ok', user, redis.call('PTTL', keys[1]) == -1 and 'kept' or 'held' }
end)
