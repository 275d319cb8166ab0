-- Notes an open room under its name, before the room is made or changed.
-- KEYS {server}:open
-- ARGV the entry: the folded name's beginning, id, folded name and topic, joined by NUL
-- Reply ok
register('open_hold', function(keys, args)
  -- first write
  redis.call('ZADD', keys[1], 0, args[1])
  return { 'ok' }
end)
