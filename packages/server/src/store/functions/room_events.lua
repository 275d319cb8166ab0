-- The feed after a cursor, whole or not at all, with the messages as they are now.
-- KEYS {pXX}:room:<id>
-- ARGV user, rev, epoch or '' for the present one, how many
-- Reply ok epoch rev fromSeq, then events | resync epoch rev fromSeq | no_room | epoch
-- A cursor of another epoch, beyond the head, from before the joining, or from before the oldest event: resync.
register_read('room_events', function(keys, args)
  local key, after, limit = keys[1], tonumber(args[2]), tonumber(args[4])
  local this, reply = room.enter(key, args[1])
  if not this then return reply end
  local answer = { 'ok', this.epoch, tostring(this.rev), tostring(this.me.from_seq) }
  if (args[3] ~= '' and args[3] ~= this.epoch) or after > this.rev or after < this.me.from_rev - 1 then
    answer[1] = 'resync'
    return answer
  end
  local low, high = after + 1, math.min(this.rev, after + limit)
  local events = {}
  for chunk = math.floor(low / FEED_CHUNK), math.floor(high / FEED_CHUNK) do
    local entries = redis.call('XRANGE', key .. ':feed:' .. chunk, low, high)
    for at = 1, #entries do events[#events + 1] = entries[at] end
  end
  -- An event missing anywhere would be a silent hole.
  if #events ~= math.max(0, high - low + 1) then
    answer[1] = 'resync'
    return answer
  end
  local found = room.messages_of(key, events)
  local bytes, seen = 0, {}
  for at = 1, #events do
    local seq = events[at].seq
    local message = seq and found[seq]
    bytes = bytes + log.bytes(message)
    if at > 1 and bytes > ANSWER_BYTES then break end
    answer[#answer + 1] = room.event_row(this, events[at][1], events[at][2][2], seq and log.row(key, seq, message, seen),
      message and message.hidden_by)
  end
  return answer
end)
