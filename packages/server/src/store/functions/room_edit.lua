-- Changes the words of one's own message; what it said before is kept for its readers.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, seq, text, rev or '', edit window ms, most edits
-- Reply ok recall row | no_room | no_message | message_gone | not_author | room_archived | muted | edit_closed
--   | too_many_edits | moved_on | epoch
-- Events: message edited, unless the words are the same
register('room_edit', function(keys, args)
  local key, user, seq, text = keys[1], args[1], tonumber(args[3]), args[4]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local message, word = room.message(this, seq)
  if not message then return { word } end
  if message.tombstone then return { 'message_gone' } end
  if message.author ~= user or message.code then return { 'not_author' } end
  local before, hidden = log.text(key, message), room.has_hidden(this, seq)
  if before == text then return { 'ok', this.recall, room.seen_row(this, message, hidden) } end
  if this.archived then return { 'room_archived' } end
  if this.me.muted_until > this.now then return { 'muted' } end
  if args[5] ~= '' and tonumber(args[5]) < tonumber(message.rev) then return { 'moved_on' } end
  if this.now - tonumber(message.at) > tonumber(args[6]) then return { 'edit_closed' } end
  local edits = tonumber(message.edits or 0) + 1
  if edits > tonumber(args[7]) then return { 'too_many_edits' } end
  local state, words, earlier = log.state(key, seq), key .. ':text:' .. seq, key .. ':edits:' .. seq
  redis.call('LLEN', earlier)
  redis.call('HLEN', state)
  room.ready(this, 0, 1)
  -- first write
  local rev = this.rev + 1
  redis.call('RPUSH', earlier, (message.edited or message.at) .. '\0' .. before)
  local long = #text > LONG
  if long then redis.call('SET', words, text)
  elseif message.bytes then redis.call('DEL', words) end
  redis.call('HSET', state, seq .. ':e',
    table.concat({ rev, this.now, edits, long and 'l' or '', long and #text or text }, '\0'))
  message.rev, message.edited, message.edits = rev, this.now, edits
  message.text, message.bytes = text, nil
  room.tell(this, 'e', user, seq, nil, nil, log.row(key, seq, message), message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, room.seen_row(this, message, hidden) }
end)
