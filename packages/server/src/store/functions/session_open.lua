-- Opens a session, if the password is still what was checked and the user may sign in.
-- KEYS {u:<id>} {u:<id>}:sessions
-- ARGV hash of the secret, session, now, idle ms, longest ms, how many a user may have, the checked password's hash,
--      scopes, address, device
-- Reply ok | moved | disabled | no_user
-- Event on the user's line: sessions.ended, when the longest unused one makes room
register('session_open', function(keys, args)
  local user = redis.call('HMGET', keys[1], 'status', 'password')
  local rows = redis.call('HGETALL', keys[2])
  if not user[1] then return { 'no_user' } end
  if user[2] ~= args[7] then return { 'moved' } end
  if user[1] ~= 'active' then return { 'disabled' } end
  local now, idle, longest = tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
  local live, dead = {}, {}
  for at = 1, #rows, 2 do
    local row = line.split(rows[at + 1])
    if tonumber(row[2]) + longest <= now or tonumber(row[3]) + idle <= now then
      dead[#dead + 1] = rows[at]
    else
      live[#live + 1] = { hash = rows[at], session = row[1], used = tonumber(row[3]) }
    end
  end
  table.sort(live, function(one, other) return one.used < other.used end)
  -- first write; nothing is taken away before: in a slot on its way, a key that was empty for a moment would be missed
  redis.call('HSET', keys[2], args[1], table.concat({ args[2], args[3], args[3], args[8], args[9], args[10] }, '\0'))
  for at = 1, #dead do redis.call('HDEL', keys[2], dead[at]) end
  local ended = {}
  for at = 1, #live - tonumber(args[6]) + 1 do
    redis.call('HDEL', keys[2], live[at].hash)
    ended[#ended + 1] = '"' .. live[at].session .. '"'
  end
  redis.call('PEXPIRE', keys[2], args[5])
  redis.call('PERSIST', keys[1])
  if #ended > 0 then
    line.tell(keys[1], '{"kind":"sessions.ended","sessions":[' .. table.concat(ended, ',') .. ']}')
  end
  return { 'ok' }
end)
