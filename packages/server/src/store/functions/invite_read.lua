-- The invite of a code, if it can be used now.
-- KEYS {server}:invites
-- ARGV hash of the code, now
-- Reply ok row | spent
register_read('invite_read', function(keys, args)
  local row = redis.call('HGET', keys[1], args[1])
  if not row or not invite.good(line.split(row), tonumber(args[2])) then return { 'spent' } end
  return { 'ok', row }
end)
