-- Writes down a user who is gone again after a while unless a first session is opened.
-- KEYS {u:<id>}
-- ARGV for how many ms, field, value, field, value ...
-- Reply ok | exists
register('user_create', function(keys, args)
  if redis.call('EXISTS', keys[1]) == 1 then return { 'exists' } end
  -- first write
  redis.call('HSET', keys[1], unpack(args, 2))
  redis.call('PEXPIRE', keys[1], args[1])
  return { 'ok' }
end)
