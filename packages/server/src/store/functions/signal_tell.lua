-- Tells whoever listens now; nothing is kept.
-- KEYS the channel: of the slot of the room or the user it is about
-- ARGV payload
-- Reply ok
register('signal_tell', function(keys, args)
  redis.call('SPUBLISH', keys[1], args[1])
  return { 'ok' }
end, { 'allow-oom' })
