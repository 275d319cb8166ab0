-- Carries the epoch of a partition over a restart of our own Redis, unless its log may have gone back.
-- KEYS {p7f}:partition
-- ARGV the replid of the life before, the partition's tick in the mark on disk
-- Reply carried: the epoch goes on | gone-back: a new one will begin | none: the partition has no log yet
register('partition_carry', function(keys, args)
  local epoch, replid, tick = unpack(redis.call('HMGET', keys[1], 'epoch', 'replid', 'tick'))
  if not epoch then return { 'none' } end
  if replid ~= args[1] or tonumber(tick or 0) < tonumber(args[2]) then return { 'gone-back' } end
  local now = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
  -- first write
  redis.call('HSET', keys[1], 'replid', now)
  return { 'carried' }
end, { 'allow-oom' })
