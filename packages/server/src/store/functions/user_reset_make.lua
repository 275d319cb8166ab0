-- Makes a one-time link to a new password, by somebody of a higher rank; an older link of the user dies.
-- KEYS {u:<id>} {u:<id>}:reset
-- ARGV role of who asks, hash of the secret, good until (ms), for how many ms
-- Reply ok | outranked | no_user
register('user_reset_make', function(keys, args)
  local role = redis.call('HGET', keys[1], 'role')
  redis.call('HLEN', keys[2])
  if not role then return { 'no_user' } end
  if server_rank[role] >= (server_rank[args[1]] or 0) then return { 'outranked' } end
  -- first write
  redis.call('HSET', keys[2], 'hash', args[2], 'until', args[3])
  redis.call('PEXPIRE', keys[2], args[4])
  return { 'ok' }
end)
