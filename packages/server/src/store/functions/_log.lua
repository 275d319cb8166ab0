-- The log of a room: its messages in order of seq, 512 to a chunk, laid over by what happened to them since.
--
-- A chunk's entry: id `<seq>-<ms>`, fields in this order:
--   a author ('' is the author of imported messages)   r how far the rev is ahead of the seq   then one of
--   t text | l bytes of the text, which stands in `text:<seq>` | c code of a system message, p its parameters; then
--   i place in the list of imports, n the writer's name there: only of imported messages.
-- The state of a chunk: `<seq>:e` rev, ms, edits, 'l' for a long text or '', text · `<seq>:t` the tombstone's row ·
-- `<seq>:h` the ids of who hid it, one after the other.
--
-- A row is what leaves Redis: fields joined by NUL, the first its letter.
--   t seq rev author ms edited-ms edits import-name import-by import-ms text
--   s seq rev author ms code first second          h seq rev          g seq rev
--   r seq rev author ms by ms import-name import-by import-ms
--   m seq rev author ms by ms reason import-name import-by import-ms
local CHUNK = 512
local LONG = 1024
local IMPORTED = '00imported'
-- One answer carries about this much text at most; what lies beyond is asked for again.
local ANSWER_BYTES = 1048576

local log = {}

-- The fields of a row, which are joined by NUL.
local function split(row)
  local fields, from = {}, 1
  while true do
    local at = string.find(row, '\0', from, true)
    if not at then
      fields[#fields + 1] = string.sub(row, from)
      return fields
    end
    fields[#fields + 1] = string.sub(row, from, at - 1)
    from = at + 1
  end
end

function log.chunk(key, seq)
  return key .. ':log:' .. math.floor(seq / CHUNK)
end

function log.state(key, seq)
  return key .. ':state:' .. math.floor(seq / CHUNK)
end

local function imported(key, place, seen)
  if not seen[place] then seen[place] = split(redis.call('LINDEX', key .. ':imports', place) or '\0') end
  return seen[place]
end

-- What a stream entry says, as a table: seq, at, author, rev, text or bytes or code, import.
local function parse(key, entry, seen)
  local id, f = entry[1], entry[2]
  local dash = string.find(id, '-', 1, true)
  local found = {
    seq = tonumber(string.sub(id, 1, dash - 1)),
    at = string.sub(id, dash + 1),
    author = f[2] == '' and IMPORTED or f[2],
    rev = string.format('%.0f', tonumber(string.sub(id, 1, dash - 1)) + tonumber(f[4])),
  }
  local what = f[5]
  local after = 7
  if what == 't' then found.text = f[6]
  elseif what == 'l' then found.bytes = tonumber(f[6])
  else
    found.code, found.params = f[6], f[8]
    after = 9
  end
  if f[after] == 'i' then
    local batch = imported(key, f[after + 1], seen)
    found.name, found.by, found.when = f[after + 3], batch[1], batch[2]
  end
  return found
end

-- Lays one message's state over it.
local function lay(found, edit, tombstone, hidden_by)
  if hidden_by then found.hidden_by = hidden_by end
  if tombstone then
    found.tombstone = tombstone
    local f = split(tombstone)
    found.rev, found.author, found.at = f[3], f[4], f[5]
    return
  end
  if not edit then return end
  local f = split(edit)
  found.rev, found.edited, found.edits = f[1], f[2], f[3]
  if f[4] == 'l' then
    found.text, found.bytes = nil, tonumber(f[5])
  else
    found.text, found.bytes = f[5], nil
  end
end

-- Messages low … high with their state, by seq; a number without a message is absent.
function log.read(key, low, high)
  local found, seen = {}, {}
  for chunk = math.floor(low / CHUNK), math.floor(high / CHUNK) do
    local from = math.max(low, chunk * CHUNK)
    local to = math.min(high, chunk * CHUNK + CHUNK - 1)
    local entries = redis.call('XRANGE', key .. ':log:' .. chunk, from, to)
    for at = 1, #entries do
      local message = parse(key, entries[at], seen)
      found[message.seq] = message
    end
    local state = key .. ':state:' .. chunk
    if redis.call('HLEN', state) > 0 then
      local fields = {}
      for seq = from, to do
        fields[#fields + 1] = seq .. ':e'
        fields[#fields + 1] = seq .. ':t'
        fields[#fields + 1] = seq .. ':h'
      end
      local values = redis.call('HMGET', state, unpack(fields))
      for seq = from, to do
        local at = (seq - from) * 3
        local edit, tombstone, hidden_by = values[at + 1], values[at + 2], values[at + 3]
        if edit or tombstone or hidden_by then
          found[seq] = found[seq] or { seq = seq }
          lay(found[seq], edit, tombstone, hidden_by)
        end
      end
    end
  end
  return found
end

-- One message with its state, or nil.
function log.one(key, seq)
  local message = log.read(key, seq, seq)[seq]
  if message and (message.tombstone or message.author) then return message end
  return nil
end

-- About how long a message's row is.
function log.bytes(message)
  if not message then return 16 end
  return 96 + (message.bytes or (message.text and #message.text) or 0)
end

-- The words of a message, wherever they stand.
function log.text(key, message)
  if message.bytes then return redis.call('GET', key .. ':text:' .. message.seq) or '' end
  return message.text
end

-- The row of a message, or of its number alone when nothing is kept of it.
function log.row(key, seq, message)
  if not message or not (message.tombstone or message.author) then return 'g\0' .. seq .. '\0000' end
  if message.tombstone then return message.tombstone end
  if message.code then
    return table.concat({ 's', seq, message.rev, message.author, message.at, message.code, message.params }, '\0')
  end
  return table.concat({
    't', seq, message.rev, message.author, message.at, message.edited or '', message.edits or '',
    message.name or '', message.by or '', message.when or '', log.text(key, message),
  }, '\0')
end

function log.hidden_row(seq, message)
  return 'h\0' .. seq .. '\0' .. (message and message.rev or '0')
end

-- The numbers between low and high that this user has hidden, as a set.
function log.hidden(key, user, low, high)
  local name = key .. ':hidden:' .. user
  local set = {}
  for _, range in ipairs({ { low, high }, { -high, -low } }) do
    local seqs = redis.call('ZRANGEBYSCORE', name, range[1], range[2])
    for at = 1, #seqs do set[tonumber(seqs[at])] = true end
  end
  return set
end

-- Appends a text. `import` is nil or { place, name }.
function log.append(key, seq, at, author, rev, text, import)
  local id = seq .. '-' .. at
  local field, value = 't', text
  if #text > LONG then
    redis.call('SET', key .. ':text:' .. seq, text)
    field, value = 'l', #text
  end
  if import then
    local writer = author == IMPORTED and '' or author
    redis.call('XADD', log.chunk(key, seq), id, 'a', writer, 'r', rev - seq, field, value, 'i', import[1], 'n', import[2])
  else
    redis.call('XADD', log.chunk(key, seq), id, 'a', author, 'r', rev - seq, field, value)
  end
end

-- Writes the chunk anew without one message: XDEL would leave its words in the stream's node.
-- `entries` is the whole chunk, read before the first write; the copy takes the chunk's place last.
function log.rewrite(key, seq, entries)
  local name = log.chunk(key, seq)
  local copy = name .. ':copy'
  local prefix = seq .. '-'
  redis.call('DEL', copy)
  local kept = 0
  for at = 1, #entries do
    local id = entries[at][1]
    if string.sub(id, 1, #prefix) ~= prefix then
      redis.call('XADD', copy, id, unpack(entries[at][2]))
      kept = kept + 1
    end
  end
  if kept > 0 then redis.call('RENAME', copy, name) else redis.call('DEL', name) end
end
