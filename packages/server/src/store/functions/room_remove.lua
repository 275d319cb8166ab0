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
  local message, word = room.message(this, seq)
  if not message then return { word } end
  if message.code then return { 'forbidden' } end
  local hidden = room.has_hidden(this, seq)
  if message.tombstone then
    if string.sub(message.tombstone, 1, 1) ~= 'm' then return { 'message_gone' } end
    return { 'same', this.recall, room.seen_row(this, message, hidden) }
  end
  local author = redis.call('HGET', key .. ':members', message.author)
  if mine < 3 and message.author ~= user and author and ROLE_RANK[room.member(author).role] >= mine then
    return { 'forbidden' }
  end
  local plan = tombstone.plan(this, message)
  -- first write
  local row = table.concat({
    'm', seq, this.rev + 1, message.author, message.at, user, this.now, args[4],
    message.name or '', message.by or '', message.when or '',
  }, '\0')
  tombstone.bury(this, message, plan, row)
  room.tell(this, 'm', user, seq, nil, nil, row, message.hidden_by)
  room.close(this)
  return { 'ok', this.recall, room.seen_row(this, message, hidden) }
end, { 'allow-oom' })
