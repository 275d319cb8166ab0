-- Hides a message from the caller alone. No event: it is nobody else's business.
-- KEYS {pXX}:room:<id>
-- ARGV user, seq
-- Reply ok unread row | same unread row | no_room | no_message | epoch
register('room_hide', function(keys, args)
  local key, user, seq = keys[1], args[1], tonumber(args[2])
  local this, reply = room.enter(key, user)
  if not this then return reply end
  local said, message = room.message(this, seq)
  if not said then return { message } end
  local name, state = key .. ':hidden:' .. user, log.state(key, seq)
  local row = log.hidden_row(key, seq, message)
  if room.has_hidden(this, seq) then
    return { 'same', tostring(room.unread(this, user, room.read_seq(this))), row }
  end
  local uncounted = redis.call('ZSCORE', key .. ':uncounted', seq)
  local read = room.read_seq(this)
  redis.call('HLEN', state)
  -- first write
  redis.call('ZADD', name, uncounted and -seq or seq, seq)
  redis.call('HSET', state, seq .. ':h', (message.hidden_by or '') .. user)
  return { 'ok', tostring(room.unread(this, user, read)), row }
end, { 'allow-oom' })
