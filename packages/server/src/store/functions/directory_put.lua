-- Makes a user found by other entries than before, unless a later rev of the user is there already.
-- KEYS {server}:directory {server}:directory:rows
-- ARGV user, rev, entry ...
-- Reply ok | again
register('directory_put', function(keys, args)
  local row = redis.call('HGET', keys[2], args[1])
  redis.call('ZCARD', keys[1])
  local before = row and line.split(row) or { '-1' }
  if tonumber(before[1]) >= tonumber(args[2]) then return { 'again' } end
  -- first write
  local fields = { args[2] }
  for at = 2, #before do redis.call('ZREM', keys[1], before[at] .. '\0' .. args[1]) end
  for at = 3, #args do
    redis.call('ZADD', keys[1], 0, args[at] .. '\0' .. args[1])
    fields[#fields + 1] = args[at]
  end
  redis.call('HSET', keys[2], args[1], table.concat(fields, '\0'))
  return { 'ok' }
end)
