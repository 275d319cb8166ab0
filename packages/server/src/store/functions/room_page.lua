-- A stretch of history, every number of it answered, ascending.
-- KEYS {pXX}:room:<id>
-- ARGV user, newest | before | after | around | one, seq, how many
-- Reply ok epoch seq rev recall, then rows | no_room | no_message (one) | epoch
-- An answer that would be very large ends early, at the side away from where it was asked from.
register_read('room_page', function(keys, args)
  local key, user, mode = keys[1], args[1], args[2]
  local this, reply = room.enter(key, user)
  if not this then return reply end
  local seq, limit = tonumber(args[3]), tonumber(args[4])
  local head, first = this.seq, this.me.from_seq
  local low, high, anchor
  if mode == 'one' then
    if seq < first or seq > head then return { 'no_message' } end
    low, high, anchor = seq, seq, seq
  elseif mode == 'after' then
    low = math.max(seq + 1, first)
    high = math.min(head, low + limit - 1)
    anchor = low
  elseif mode == 'around' then
    anchor = math.max(first, math.min(seq, head))
    low = math.max(first, anchor - math.floor(limit / 2))
    high = math.min(head, low + limit - 1)
    low = math.max(first, high - limit + 1)
  else
    high = mode == 'before' and math.min(head, seq - 1) or head
    low = math.max(first, high - limit + 1)
    anchor = high
  end
  local answer = { 'ok', this.epoch, tostring(head), tostring(this.rev), this.recall }
  if low > high then return answer end
  local found = log.read(key, low, high)
  local hidden = log.hidden(key, user, low, high)
  -- Walk away from the anchor on both sides while the answer has room.
  local left, right, bytes = anchor, anchor, log.bytes(found[anchor])
  while bytes < ANSWER_BYTES and (left > low or right < high) do
    if left > low then
      left = left - 1
      bytes = bytes + log.bytes(found[left])
    end
    if right < high then
      right = right + 1
      bytes = bytes + log.bytes(found[right])
    end
  end
  local seen = {}
  for at = left, right do
    answer[#answer + 1] = hidden[at] and log.hidden_row(key, at, found[at]) or log.row(key, at, found[at], seen)
  end
  return answer
end)
