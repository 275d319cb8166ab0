-- Puts an entry on a user's line.
-- KEYS {u:<id>}
-- ARGV the entry as JSON
-- Reply ok <rev> | no_user
-- Event on the user's line: the entry
register('user_tell', function(keys, args)
  if redis.call('HEXISTS', keys[1], 'kind') == 0 then return { 'no_user' } end
  -- first write
  return { 'ok', line.tell(keys[1], args[1]) }
end, { 'allow-oom' })
