-- The author takes a message back for everybody. Done again, it answers the same.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, seq
-- Reply ok recall row | no_room | no_message | message_gone | not_author | recall_closed | epoch
-- Events: message recalled
register('room_recall', function(keys, args)
  local key, user, seq = keys[1], args[1], tonumber(args[3])
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local message, word = room.message(this, seq)
  if not message then return { word } end
  if message.author ~= user or message.code then return { message.tombstone and 'message_gone' or 'not_author' } end
  local hidden = room.has_hidden(this, seq)
  if message.tombstone then
    if string.sub(message.tombstone, 1, 1) ~= 'r' then return { 'message_gone' } end
    return { 'ok', this.recall, room.seen_row(this, message, hidden) }
  end
  if this.now >= tonumber(message.at) + tonumber(this.recall) * 1000 then return { 'recall_closed' } end
  local plan = tombstone.plan(this, message)
  -- first write
  local row = table.concat({
    'r', seq, this.rev + 1, message.author, message.at, user, this.now,
    message.name or '', message.by or '', message.when or '',
  }, '\0')
  tombstone.bury(this, message, plan, row)
  room.tell(this, 'r', user, seq, nil, nil, row, message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, room.seen_row(this, message, hidden) }
end, { 'allow-oom' })
