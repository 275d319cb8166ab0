-- An append-only file whose rewriting began at the given time is in place: what was taken back before it is gone.
-- KEYS {pXX}:partition
-- ARGV the `now` that partition_erase answered before the rewriting began
-- Reply ok
register('partition_erased', function(keys, args)
  partition.here(string.sub(keys[1], 1, 5))
  local f = redis.call('HMGET', keys[1], 'erase', 'erase_last')
  if not f[1] then return { 'ok' } end
  -- first write
  if tonumber(f[2]) < tonumber(args[1]) then redis.call('HDEL', keys[1], 'erase', 'erase_last')
  elseif tonumber(f[1]) < tonumber(args[1]) then redis.call('HSET', keys[1], 'erase', args[1]) end
  return { 'ok' }
end, { 'allow-oom' })
