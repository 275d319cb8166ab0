-- Whether a one-time link is good, before anything costly is done for it.
-- KEYS {u:<id>}:reset
-- ARGV hash of the secret, now
-- Reply ok | spent
register_read('user_reset_read', function(keys, args)
  local reset = redis.call('HMGET', keys[1], 'hash', 'until')
  if reset[1] ~= args[1] or tonumber(reset[2]) <= tonumber(args[2]) then return { 'spent' } end
  return { 'ok' }
end)
