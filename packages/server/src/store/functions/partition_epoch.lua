-- Begins a new epoch where the Redis under the partition is another life than the one its numbers came from.
-- KEYS {pXX}:partition
-- ARGV a fresh epoch
-- Reply ok epoch
register('partition_epoch', function(keys, args)
  local tag = string.sub(keys[1], 1, 5)
  partition.here(tag)
  local epoch = partition.epoch(tag)
  if epoch then return { 'ok', epoch } end
  -- first write
  redis.call('HSET', keys[1], 'epoch', args[1], 'replid', partition.life())
  return { 'ok', args[1] }
end, { 'allow-oom' })
