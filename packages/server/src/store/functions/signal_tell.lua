-- Tells whoever listens now; nothing is kept.
-- KEYS the channel: of the slot of the room, the user or the node it is about
-- ARGV payload
-- Reply ok <how many nodes listen>
register('signal_tell', function(keys, args)
  return { 'ok', tostring(redis.call('SPUBLISH', keys[1], args[1])) }
end, { 'allow-oom' })
