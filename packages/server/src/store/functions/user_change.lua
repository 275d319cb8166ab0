-- Changes what a user says of oneself.
-- KEYS {u:<id>}
-- ARGV field, value ... of display, locale, zone
-- Reply ok <rev> | no_user
-- Event on the user's line: me.changed
local ALLOWED = { display = true, locale = true, zone = true }
register('user_change', function(keys, args)
  if redis.call('HEXISTS', keys[1], 'kind') == 0 then return { 'no_user' } end
  for at = 1, #args, 2 do
    if not ALLOWED[args[at]] then return redis.error_reply('ERR no such field of a user') end
  end
  -- first write
  redis.call('HSET', keys[1], unpack(args))
  return { 'ok', line.tell(keys[1], '{"kind":"me.changed"}') }
end)
