-- Keeps a held name for good: from here on the user exists.
-- KEYS name:<folded>
-- ARGV user
-- Reply ok | lost   (the time was over)
register('name_confirm', function(keys, args)
  if redis.call('GET', keys[1]) ~= args[1] then return { 'lost' } end
  -- first write
  redis.call('PERSIST', keys[1])
  return { 'ok' }
end)
