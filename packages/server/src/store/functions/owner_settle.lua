-- Ends the holding of the owner's place: the user was made, or was not.
-- KEYS {server} {server}:audit
-- ARGV user, made | not, now
-- Reply ok | lost
register('owner_settle', function(keys, args)
  local server = redis.call('HMGET', keys[1], 'owner', 'ownerUntil')
  audit.check(keys[2])
  if server[1] ~= args[1] or not server[2] then return { 'lost' } end
  -- first write
  if args[2] == 'made' then
    redis.call('HDEL', keys[1], 'ownerUntil')
    audit.add(keys[2], args[3], args[1], 'owner.claimed', args[1], '')
  else
    redis.call('HDEL', keys[1], 'owner', 'ownerUntil')
  end
  return { 'ok' }
end)
