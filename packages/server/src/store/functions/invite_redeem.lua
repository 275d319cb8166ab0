-- Takes a use of an invite for a user who is about to be made.
-- KEYS {server}:invites {server}:invites:pending
-- ARGV hash of the code, user, now, held until (ms)
-- Reply ok | spent
register('invite_redeem', function(keys, args)
  local row = redis.call('HGET', keys[1], args[1])
  redis.call('HLEN', keys[2])
  if not row then return { 'spent' } end
  local fields = line.split(row)
  if not invite.good(fields, tonumber(args[3])) then return { 'spent' } end
  fields[4] = tostring(tonumber(fields[4]) + 1)
  -- first write
  redis.call('HSET', keys[1], args[1], table.concat(fields, '\0'))
  redis.call('HSET', keys[2], args[2], args[1] .. '\0' .. args[4])
  return { 'ok' }
end)
