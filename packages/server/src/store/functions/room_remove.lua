-- An owner or admin of the room takes a message away: owners anybody's, admins those of members and their own.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, seq, reason
-- Reply ok recall row | same recall row | no_room | no_message | message_gone | forbidden | epoch
-- Events: message removed
register('room_remove', function(keys, args)
  local key, user, seq = keys[1], args[1], tonumber(args[3])
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local mine = ROLE_RANK[this.me.role]
  if mine < 2 then return { 'forbidden' } end
  local said, message = room.message(this, seq)
  if not said then return { message } end
  if said.code then return { 'forbidden' } end
  local hidden = room.has_hidden(this, seq)
  if message.tombstone then
    if said.letter ~= 'm' then return { 'message_gone' } end
    return { 'same', this.recall, (hidden and log.hidden_row or log.row)(key, seq, message) }
  end
  local author = redis.call('HGET', key .. ':members', said.author)
  if mine < 3 and said.author ~= user and author and ROLE_RANK[room.member(author).role] >= mine then
    return { 'forbidden' }
  end
  local plan = tombstone.plan(this, said, message)
  -- first write
  local row = joined(seq .. '-' .. said.at, 'm', this.rev + 1, said.author, user, this.now, args[4], said.by, said.when,
    said.name)
  tombstone.bury(this, message, plan, row)
  room.tell(this, 'm', user, seq, nil, row, message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, hidden and log.hidden_row(key, seq, message) or row }
end, { 'allow-oom' })
