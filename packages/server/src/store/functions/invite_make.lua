-- Makes an invite; those that ended long ago are forgotten.
-- KEYS {server}:invites {server}:audit
-- ARGV hash of the code, invite, by, uses, now, good until, forgotten after (ms), how many there may be
-- Reply ok | full
register('invite_make', function(keys, args)
  local rows = redis.call('HGETALL', keys[1])
  audit.check(keys[2])
  local forgotten = {}
  for at = 1, #rows, 2 do
    if tonumber(line.split(rows[at + 1])[6]) + tonumber(args[7]) <= tonumber(args[5]) then
      forgotten[#forgotten + 1] = rows[at]
    end
  end
  if #rows / 2 - #forgotten >= tonumber(args[8]) then return { 'full' } end
  -- first write; nothing is taken away before: in a slot on its way, a key that was empty for a moment would be missed
  redis.call('HSET', keys[1], args[1], table.concat({ args[2], args[3], args[4], '0', args[5], args[6], '' }, '\0'))
  for at = 1, #forgotten do redis.call('HDEL', keys[1], forgotten[at]) end
  audit.add(keys[2], args[5], args[3], 'invite.made', args[2], args[4])
  return { 'ok' }
end)
