-- Says something in a room, once a nonce. The sender has then read up to it.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, nonce, the nonce's hash in two halves, the text's in two parts, messages a second in the room, text
-- Reply ok recall row | again recall row | no_room | nonce_reused | room_archived | muted | pace ms | epoch
-- Events: message sent
register('room_send', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local digest = nonces.digest(tonumber(args[6]), tonumber(args[7]))
  local place = nonces.find(this.tag, this.now, tonumber(args[4]), tonumber(args[5]))
  if place.seq then
    if place.digest ~= digest then return { 'nonce_reused' } end
    local message = log.one(key, place.seq)
    local row = room.has_hidden(this, place.seq) and log.hidden_row or log.row
    return { 'again', this.recall, row(key, place.seq, message) }
  end
  if this.archived then return { 'room_archived' } end
  if this.me.muted_until > this.now then return { 'muted' } end
  -- The regular pace, with a second's worth at once. By Redis's own clock, so that nodes whose clocks differ do not
  -- shut each other out; one that went back does not close the room.
  local time, gap = redis.call('TIME'), 1000 / tonumber(args[8])
  local now = time[1] * 1000 + time[2] / 1000
  local pace = tonumber(redis.call('HGET', key, 'pace') or 0)
  if pace > now + 2000 then pace = now end
  if pace > now + 1000 then return { 'pace', tostring(math.ceil(pace - now - 1000)) } end
  local text = args[9]
  nonces.ready(place)
  redis.call('HLEN', key .. ':reads')
  room.ready(this, 1, 1)
  -- first write
  local seq = this.seq + 1
  nonces.keep(place, digest, seq)
  local row = log.append(key, seq, this.now, user, this.rev + 1, text)
  redis.call('HSET', key .. ':reads', user, seq)
  this.seq = seq
  this.put = { 'pace', string.format('%.3f', math.max(pace, now) + gap) }
  room.tell(this, 's', user, seq, args[3], row)
  room.close(this)
  return { 'ok', this.recall, row }
end)
