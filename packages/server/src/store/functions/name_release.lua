-- Gives a name back that no user was made for.
-- KEYS name:<folded>
-- ARGV user
-- Reply ok | lost
register('name_release', function(keys, args)
  if redis.call('GET', keys[1]) ~= args[1] then return { 'lost' } end
  -- first write
  redis.call('DEL', keys[1])
  return { 'ok' }
end, { 'allow-oom' })
