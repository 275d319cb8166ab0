-- Stores messages from elsewhere, each once a nonce, with their own times and writers' names.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, then for each message: nonce's hash in two halves, text's in two parts, author, name, ms, text
-- Reply ok stored again seq | no_room | nonce_reused | room_archived | epoch
-- Events: message sent, one for each that is stored
local FIELDS = 8

register('room_import', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  if this.archived then return { 'room_archived' } end
  local lines, again, ours = {}, 0, {}
  for at = 3, #args, FIELDS do
    local first, second = tonumber(args[at]), tonumber(args[at + 1])
    local digest = nonces.digest(tonumber(args[at + 2]), tonumber(args[at + 3]))
    local place = nonces.find(this.tag, this.now, first, second)
    local before = place.digest or ours[place.field]
    if before and before ~= digest then return { 'nonce_reused' } end
    if before then again = again + 1
    else
      ours[place.field] = digest
      lines[#lines + 1] = { at = at, first = first, second = second, digest = digest }
    end
  end
  if #lines == 0 then return { 'ok', '0', tostring(again), tostring(this.seq) } end
  local last = redis.call('LINDEX', key .. ':imports', -1)
  redis.call('HLEN', key .. ':reads')
  nonces.check(nonces.find(this.tag, this.now, 0, 0), #lines)
  room.ready(this, #lines, #lines)
  -- first write
  local batch = last and split(last)
  if not batch or batch[1] ~= user or this.now - tonumber(batch[2]) > 3600000 then
    batch = { user, tostring(this.now) }
    redis.call('RPUSH', key .. ':imports', user .. '\0' .. this.now)
  end
  local place_of_import = redis.call('LLEN', key .. ':imports') - 1
  for _, line in ipairs(lines) do
    local author, name, at, text = args[line.at + 4], args[line.at + 5], args[line.at + 6], args[line.at + 7]
    local seq, rev = this.seq + 1, this.rev + 1
    local place = nonces.find(this.tag, this.now, line.first, line.second)
    nonces.ready(place)
    nonces.keep(place, line.digest, seq)
    this.seq = seq
    local row = log.append(key, seq, at, author, rev, text, { place_of_import, batch[1], batch[2], name })
    room.tell(this, 's', author, seq, '', row)
  end
  redis.call('HSET', key .. ':reads', user, this.seq)
  room.close(this)
  return { 'ok', tostring(#lines), tostring(again), tostring(this.seq) }
end)
