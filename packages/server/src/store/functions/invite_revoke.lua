-- Withdraws an invite.
-- KEYS {server}:invites {server}:audit
-- ARGV invite, actor, now
-- Reply ok | none
register('invite_revoke', function(keys, args)
  local rows = redis.call('HGETALL', keys[1])
  audit.check(keys[2])
  for at = 1, #rows, 2 do
    local fields = line.split(rows[at + 1])
    if fields[1] == args[1] then
      if fields[7] == '1' then return { 'ok' } end
      fields[7] = '1'
      -- first write
      redis.call('HSET', keys[1], rows[at], table.concat(fields, '\0'))
      audit.add(keys[2], args[3], args[2], 'invite.revoked', args[1], '')
      return { 'ok' }
    end
  end
  return { 'none' }
end, { 'allow-oom' })
