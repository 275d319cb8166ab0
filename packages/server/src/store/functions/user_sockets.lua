-- Notes how many sockets a user has on a node, unless they are too many with those on other nodes. A node that falls
-- silent is not counted for long.
-- KEYS {u:<id>}:sockets
-- ARGV node, how many, for how many ms that holds, how many a user may have or '' where it is noted in any case
-- Reply ok | too_many
register('user_sockets', function(keys, args)
  local node, mine, holds = args[1], tonumber(args[2]), tonumber(args[3])
  -- By Redis's own clock, so that nodes whose clocks differ agree.
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local rows = redis.call('HGETALL', keys[1])
  local others, silent = 0, {}
  for at = 1, #rows, 2 do
    if rows[at] ~= node then
      local count, ends = string.match(rows[at + 1], '^(%d+) (%d+)$')
      if tonumber(ends) > now then others = others + tonumber(count) else silent[#silent + 1] = rows[at] end
    end
  end
  if args[4] ~= '' and mine + others > tonumber(args[4]) then return { 'too_many' } end
  if mine == 0 then silent[#silent + 1] = node end
  -- first write
  if mine > 0 then redis.call('HSET', keys[1], node, string.format('%d %.0f', mine, now + holds)) end
  redis.call('PEXPIRE', keys[1], holds)
  -- Last: in a slot that is on its way a key that these leave empty may not be written any more.
  if #silent > 0 then redis.call('HDEL', keys[1], unpack(silent)) end
  return { 'ok' }
end, { 'allow-oom' })
