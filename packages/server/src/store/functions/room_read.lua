-- A room as one of its members sees it, with what is unread and the last message they may see.
-- KEYS {pXX}:room:<id>
-- ARGV user
-- Reply ok epoch kind name topic archived recall history seq rev ms count role involvement fromSeq readSeq unread
--   last-row listed-from; of a direct room then the ids of everybody in it | no_room | epoch
register_read('room_read', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user)
  if not this then return reply end
  local f = redis.call('HMGET', key, 'name', 'topic', 'archived', 'recall', 'history', 'count')
  local read = room.read_seq(this)
  local last = ''
  local high, span = this.seq, 1
  while last == '' and high >= this.me.from_seq and this.seq - high < 256 do
    local low = math.max(this.me.from_seq, high - span + 1)
    local hidden = log.hidden(key, user, low, high)
    local found = log.read(key, low, high)
    for seq = high, low, -1 do
      if found[seq] and (found[seq].tombstone or found[seq][1]) and not hidden[seq] then
        last = log.row(key, seq, found[seq])
        break
      end
    end
    high, span = low - 1, 16
  end
  local answer = {
    'ok', this.epoch, this.kind, f[1], f[2], f[3], f[4], f[5], tostring(this.seq), tostring(this.rev),
    tostring(this.at), f[6], this.me.role, this.me.involvement, tostring(this.me.from_seq), tostring(read),
    tostring(room.unread(this, user, read)), last,
    tostring(this.me.listed_from),
  }
  if this.kind == 'direct' then
    for _, id in ipairs(redis.call('HKEYS', key .. ':members')) do answer[#answer + 1] = id end
  end
  return answer
end)
