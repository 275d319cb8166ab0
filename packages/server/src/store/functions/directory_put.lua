-- Makes a user found by other entries than before, unless a later rev of the user is there already.
-- KEYS {server}:directory {server}:directory:rows
-- ARGV user, rev, entry ...
-- Reply ok | again
register('directory_put', function(keys, args)
  local row = redis.call('HGET', keys[2], args[1])
  redis.call('ZCARD', keys[1])
  local before = row and line.split(row) or { '-1' }
  if tonumber(before[1]) >= tonumber(args[2]) then return { 'again' } end
  local fields, stays = { args[2] }, {}
  for at = 3, #args do
    fields[#fields + 1] = args[at]
    stays[args[at]] = true
  end
  -- first write; nothing is taken away before: in a slot on its way, a key that was empty for a moment would be missed
  for at = 3, #args do redis.call('ZADD', keys[1], 0, args[at] .. '\0' .. args[1]) end
  for at = 2, #before do
    if not stays[before[at]] then redis.call('ZREM', keys[1], before[at] .. '\0' .. args[1]) end
  end
  redis.call('HSET', keys[2], args[1], table.concat(fields, '\0'))
  return { 'ok' }
end)
