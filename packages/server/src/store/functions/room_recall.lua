-- The author takes a message back for everybody. Done again, it answers the same.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, seq
-- Reply ok recall row | no_room | no_message | message_gone | not_author | recall_closed | epoch
-- Events: message recalled
register('room_recall', function(keys, args)
  local key, user, seq = keys[1], args[1], tonumber(args[3])
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local said, message = room.message(this, seq)
  if not said then return { message } end
  if said.author ~= user or said.code then return { message.tombstone and 'message_gone' or 'not_author' } end
  local hidden = room.has_hidden(this, seq)
  if message.tombstone then
    if said.letter ~= 'r' then return { 'message_gone' } end
    return { 'ok', this.recall, (hidden and log.hidden_row or log.row)(key, seq, message) }
  end
  if this.now >= tonumber(said.at) + tonumber(this.recall) * 1000 then return { 'recall_closed' } end
  local plan = tombstone.plan(this, said, message)
  -- first write
  local row = joined(seq .. '-' .. said.at, 'r', this.rev + 1, said.author, user, this.now, said.by, said.when, said.name)
  tombstone.bury(this, message, plan, row)
  room.tell(this, 'r', user, seq, nil, row, message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, hidden and log.hidden_row(key, seq, message) or row }
end, { 'allow-oom' })
