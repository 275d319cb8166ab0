-- Ends one session of a user.
-- KEYS {u:<id>} {u:<id>}:sessions
-- ARGV session
-- Reply ok <rev> | none
-- Event on the user's line: sessions.ended
register('session_end', function(keys, args)
  local known = redis.call('HEXISTS', keys[1], 'kind') == 1
  local rows = redis.call('HGETALL', keys[2])
  if not known then return { 'none' } end
  for at = 1, #rows, 2 do
    if line.split(rows[at + 1])[1] == args[1] then
      -- first write
      redis.call('HDEL', keys[2], rows[at])
      return { 'ok', line.tell(keys[1], '{"kind":"sessions.ended","sessions":["' .. args[1] .. '"]}') }
    end
  end
  return { 'none' }
end, { 'allow-oom' })
