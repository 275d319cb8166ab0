-- Holds the owner's place for a user who is about to be made.
-- KEYS {server}
-- ARGV user, now, held until (ms)
-- Reply ok | held (somebody else is about to be made) | stale <user> (was the user made?) | owned <user>
register('owner_claim', function(keys, args)
  local server = redis.call('HMGET', keys[1], 'owner', 'ownerUntil')
  if server[1] then
    if not server[2] then return { 'owned', server[1] } end
    if tonumber(server[2]) > tonumber(args[2]) then return { 'held' } end
    return { 'stale', server[1] }
  end
  -- first write
  redis.call('HSET', keys[1], 'owner', args[1], 'ownerUntil', args[3])
  return { 'ok' }
end)
