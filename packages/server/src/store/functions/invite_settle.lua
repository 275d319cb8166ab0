-- Says whether the user was made for whom a use was taken: if not, the use is given back.
-- KEYS {server}:invites {server}:invites:pending
-- ARGV user, made | not
-- Reply ok | none
register('invite_settle', function(keys, args)
  local pending = redis.call('HGET', keys[2], args[1])
  if not pending then return { 'none' } end
  local hash = line.split(pending)[1]
  local row = redis.call('HGET', keys[1], hash)
  -- first write
  redis.call('HDEL', keys[2], args[1])
  if row and args[2] == 'not' then
    local fields = line.split(row)
    fields[4] = tostring(tonumber(fields[4]) - 1)
    redis.call('HSET', keys[1], hash, table.concat(fields, '\0'))
  end
  return { 'ok' }
end, { 'allow-oom' })
