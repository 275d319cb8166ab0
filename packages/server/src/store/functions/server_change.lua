-- Changes settings, each with a line in the audit log.
-- KEYS {server} {server}:audit
-- ARGV now, actor, field, value, field, value ... of name, registration
-- Reply ok
local ALLOWED = { name = true, registration = true }
register('server_change', function(keys, args)
  local before = {}
  for at = 3, #args, 2 do
    if not ALLOWED[args[at]] then return redis.error_reply('ERR no such setting') end
    before[at] = redis.call('HGET', keys[1], args[at]) or ''
  end
  audit.check(keys[2])
  -- first write
  for at = 3, #args, 2 do
    if before[at] ~= args[at + 1] then
      audit.add(keys[2], args[1], args[2], 'settings.changed', args[at], args[at + 1])
      redis.call('HSET', keys[1], args[at], args[at + 1])
    end
  end
  return { 'ok' }
end)
