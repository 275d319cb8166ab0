-- Changes what a user says of oneself.
-- KEYS {u:<id>}
-- ARGV field, value ... of display, locale, zone, hides (1 or 0)
-- Reply ok <rev> | no_user
-- Event on the user's line: me.changed
local ALLOWED = { display = true, locale = true, zone = true, hides = true }
register('user_change', function(keys, args)
  if redis.call('HEXISTS', keys[1], 'kind') == 0 then return { 'no_user' } end
  for at = 1, #args, 2 do
    if not ALLOWED[args[at]] then return redis.error_reply('ERR no such field of a user') end
  end
  -- first write
  redis.call('HSET', keys[1], unpack(args))
  -- Of whoever hides nothing is kept either.
  if redis.call('HGET', keys[1], 'hides') == '1' then redis.call('HDEL', keys[1], 'seen') end
  return { 'ok', line.tell(keys[1], '{"kind":"me.changed"}') }
end)
