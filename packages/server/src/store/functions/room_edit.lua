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
  local said, message = room.message(this, seq)
  if not said then return { message } end
  if message.tombstone then return { 'message_gone' } end
  if said.author ~= user or said.code then return { 'not_author' } end
  local before, hidden = log.text(key, said), room.has_hidden(this, seq)
  if before == text then
    return { 'ok', this.recall, (hidden and log.hidden_row or log.row)(key, seq, message) }
  end
  if this.archived then return { 'room_archived' } end
  if this.me.muted_until > this.now then return { 'muted' } end
  if args[5] ~= '' and tonumber(args[5]) < said.rev then return { 'moved_on' } end
  if this.now - tonumber(said.at) > tonumber(args[6]) then return { 'edit_closed' } end
  local edits = tonumber(said.edits or 0) + 1
  if edits > tonumber(args[7]) then return { 'too_many_edits' } end
  local state, words, earlier = log.state(key, seq), key .. ':text:' .. seq, key .. ':edits:' .. seq
  redis.call('LLEN', earlier)
  redis.call('HLEN', state)
  room.ready(this, 0, 1)
  -- first write
  local long = #text > LONG
  redis.call('RPUSH', earlier, (said.edited or said.at) .. '\0' .. before)
  if long then redis.call('SET', words, text)
  elseif said.bytes then redis.call('DEL', words) end
  said.rev, said.edited, said.edits = this.rev + 1, this.now, edits
  message.edit = joined(said.rev, this.now, edits, long and 'l' or '', long and #text or text)
  redis.call('HSET', state, seq .. ':e', message.edit)
  local row = log.edited_row(said, text)
  room.tell(this, 'e', user, seq, nil, row, message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, hidden and log.hidden_row(key, seq, message) or row }
end)
