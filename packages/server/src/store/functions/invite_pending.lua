-- Users for whom a use was taken and of whom it was never said whether they were made.
-- KEYS {server}:invites:pending
-- ARGV now
-- Reply ok user ...
register_read('invite_pending', function(keys, args)
  local rows, reply = redis.call('HGETALL', keys[1]), { 'ok' }
  for at = 1, #rows, 2 do
    if tonumber(line.split(rows[at + 1])[2]) <= tonumber(args[1]) then reply[#reply + 1] = rows[at] end
  end
  return reply
end)
