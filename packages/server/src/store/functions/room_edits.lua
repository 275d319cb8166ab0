-- Every version of a message, the original first, each `ms NUL text`.
-- KEYS {pXX}:room:<id>
-- ARGV user, seq
-- Reply ok, then versions | no_room | no_message | message_gone | epoch
register_read('room_edits', function(keys, args)
  local key, seq = keys[1], tonumber(args[2])
  local this, reply = room.enter(key, args[1])
  if not this then return reply end
  local said, message = room.message(this, seq)
  if not said then return { message } end
  if said.code or room.has_hidden(this, seq) then return { 'no_message' } end
  if message.tombstone then return { 'message_gone' } end
  local answer = redis.call('LRANGE', key .. ':edits:' .. seq, 0, -1)
  answer[#answer + 1] = (said.edited or said.at) .. '\0' .. log.text(key, said)
  table.insert(answer, 1, 'ok')
  return answer
end)
