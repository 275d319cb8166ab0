-- Changes status or role of a user, by somebody of a higher rank; nobody is given one's own rank or a higher one.
-- KEYS {u:<id>} {u:<id>}:sessions {u:<id>}:reset
-- ARGV role of who asks, status or '', role or ''
-- Reply ok <rev> | again (it is so already) | outranked | no_user
-- Events on the user's line: me.changed; sessions.ended when disabled
register('user_govern', function(keys, args)
  local user = redis.call('HMGET', keys[1], 'role', 'status')
  local rows = redis.call('HGETALL', keys[2])
  redis.call('HLEN', keys[3])
  if not user[1] then return { 'no_user' } end
  local mine = server_rank[args[1]] or 0
  if server_rank[user[1]] >= mine then return { 'outranked' } end
  if args[3] ~= '' and (server_rank[args[3]] or 9) >= mine then return { 'outranked' } end
  local status = args[2] ~= '' and args[2] ~= user[2]
  local role = args[3] ~= '' and args[3] ~= user[1]
  if not status and not role then return { 'again' } end
  -- first write
  if role then redis.call('HSET', keys[1], 'role', args[3]) end
  if status then redis.call('HSET', keys[1], 'status', args[2]) end
  local rev = line.tell(keys[1], '{"kind":"me.changed"}')
  if status and args[2] == 'disabled' then
    redis.call('DEL', keys[3])
    rev = line.end_sessions(keys[1], keys[2], rows, '')
  end
  return { 'ok', rev }
end, { 'allow-oom' })
