-- The log of a room: its messages in order of seq, 512 to a chunk, laid over by what happened to them since.
--
-- A chunk's entry has the id `<seq>-<ms>` and one field, m, whose value is what was said, joined by NUL. Its rev is told
-- by how far it is ahead of its seq, and the author of imported messages by nothing, which is shorter:
--   t ahead author text                       l ahead author bytes: a long text, which stands in `text:<seq>`
--   s ahead author code first second          a message of the room itself
--   i ahead author place name text            j ahead author place name bytes: imported, by the list of imports
-- The state of a chunk: `<seq>:e` rev, ms, edits, 'l' for a long text or '', text or bytes · `<seq>:t` the tombstone's
-- row · `<seq>:h` the ids of who hid it, one after the other.
--
-- A row is what leaves Redis of a message: its id and then, joined by NUL, what is in a chunk as it stands, or
--   i ahead author by ms name text            e rev author ms edits by ms name text
--   r rev author by ms by ms name             m rev author by ms reason by ms name
--   h rev                                     g 0
-- where the last by, ms and name are those of the import, or empty.
local CHUNK = 512
local LONG = 1024
local IMPORTED = '00imported'
-- One answer carries about this much text at most; what lies beyond is asked for again.
local ANSWER_BYTES = 1048576
-- The letters t, l, s, i and j as bytes; Lua's own functions cannot be called while the library is loaded.
local TEXT, LONG_TEXT, NOTE, IMPORT, LONG_IMPORT = 116, 108, 115, 105, 106

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

local function joined(...)
  return table.concat({ ... }, '\0')
end

function log.chunk(key, seq)
  return key .. ':log:' .. math.floor(seq / CHUNK)
end

function log.state(key, seq)
  return key .. ':state:' .. math.floor(seq / CHUNK)
end

local function seq_of(id)
  return tonumber(string.sub(id, 1, string.find(id, '-', 1, true) - 1))
end

-- Messages low … high by seq, each { id, { 'm', value } } and, where something happened to it, edit, tombstone or
-- hidden_by; a number of which nothing is kept is absent, or has only hidden_by.
function log.read(key, low, high)
  local found = {}
  for chunk = math.floor(low / CHUNK), math.floor(high / CHUNK) do
    local from = math.max(low, chunk * CHUNK)
    local to = math.min(high, chunk * CHUNK + CHUNK - 1)
    local entries = redis.call('XRANGE', key .. ':log:' .. chunk, from, to)
    if #entries == to - from + 1 then
      for at = 1, #entries do found[from + at - 1] = entries[at] end
    else
      for at = 1, #entries do found[seq_of(entries[at][1])] = entries[at] end
    end
    local state = key .. ':state:' .. chunk
    if redis.call('EXISTS', state) == 1 then
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
          local message = found[seq] or {}
          found[seq] = message
          message.edit, message.tombstone, message.hidden_by = edit, tombstone, hidden_by
        end
      end
    end
  end
  return found
end

-- One message with its state, or nil.
function log.one(key, seq)
  local message = log.read(key, seq, seq)[seq]
  if message and (message.tombstone or message[1]) then return message end
  return nil
end

-- What a message says, field by field: seq, at, author, rev, letter, then text or bytes, code, first, second, name, by,
-- when, edited, edits; of a tombstone only the first five.
function log.open(key, seq, message)
  if message.tombstone then
    local f = split(message.tombstone)
    return { seq = seq, at = string.sub(f[1], #tostring(seq) + 2), letter = f[2], rev = tonumber(f[3]), author = f[4] }
  end
  local id, f = message[1], split(message[2][2])
  local said = {
    seq = seq, at = string.sub(id, string.find(id, '-', 1, true) + 1), letter = f[1], rev = seq + f[2],
    author = f[3] == '' and IMPORTED or f[3], name = '', by = '', when = '',
  }
  local words = f[4]
  if f[1] == 's' then said.code, said.first, said.second = f[4], f[5], f[6]
  elseif f[1] == 'i' or f[1] == 'j' then
    local batch = split(redis.call('LINDEX', key .. ':imports', f[4]))
    said.by, said.when, said.name, words = batch[1], batch[2], f[5], f[6]
  end
  if f[1] == 'l' or f[1] == 'j' then said.bytes = tonumber(words) else said.text = words end
  if message.edit then
    local e = split(message.edit)
    said.rev, said.edited, said.edits = tonumber(e[1]), e[2], e[3]
    said.text, said.bytes = e[5], nil
    if e[4] == 'l' then said.text, said.bytes = nil, tonumber(e[5]) end
  end
  return said
end

-- The words of an open message, wherever they stand.
function log.text(key, said)
  if said.bytes then return redis.call('GET', key .. ':text:' .. said.seq) or '' end
  return said.text
end

-- About how long a message's row is.
function log.bytes(message)
  if not message then return 16 end
  local long
  if message.edit then long = string.match(message.edit, '^%d+%z%d+%z%d+%zl%z(%d+)$')
  elseif message[2] then
    local value = message[2][2]
    local letter = string.byte(value)
    if letter ~= LONG_TEXT and letter ~= LONG_IMPORT then return 96 + #value end
    long = string.match(value, '%z(%d+)$')
  end
  return 96 + (tonumber(long) or #(message.edit or ''))
end

-- The row of an edited message.
function log.edited_row(said, text)
  return joined(said.seq .. '-' .. said.at, 'e', said.rev, said.author, said.edited, said.edits, said.by, said.when,
    said.name, text)
end

-- The row of an imported message of no great length. Imports of the same call are asked for once: `seen` keeps them.
local function imported_row(key, id, value, seen)
  local ahead, author, place, after = string.match(value, '^i%z(%-?%d+)%z(%w*)%z(%d+)%z()')
  seen[place] = seen[place] or redis.call('LINDEX', key .. ':imports', place)
  return id .. '\0i\0' .. ahead .. '\0' .. (author == '' and IMPORTED or author) .. '\0' .. seen[place] .. '\0'
    .. string.sub(value, after)
end

-- The row of a message, or of its number alone when nothing is kept of it. `seen` is a table that the rows of one answer
-- share.
function log.row(key, seq, message, seen)
  if not message then return seq .. '-0\0g\0000' end
  if message.tombstone then return message.tombstone end
  if not message[1] then return seq .. '-0\0g\0000' end
  local value = message[2][2]
  local letter = string.byte(value)
  if not message.edit and (letter == TEXT or letter == NOTE) then return message[1] .. '\0' .. value end
  if not message.edit and letter == IMPORT then return imported_row(key, message[1], value, seen or {}) end
  local said = log.open(key, seq, message)
  if message.edit then return log.edited_row(said, log.text(key, said)) end
  if letter == LONG_TEXT then return joined(message[1], 't', said.rev - seq, said.author, log.text(key, said)) end
  return joined(message[1], 'i', said.rev - seq, said.author, said.by, said.when, said.name, log.text(key, said))
end

function log.hidden_row(key, seq, message)
  return seq .. '-0\0h\0' .. ((message and (message.tombstone or message[1])) and log.open(key, seq, message).rev or 0)
end

-- The numbers between low and high that this user has hidden, as a set.
function log.hidden(key, user, low, high)
  local name = key .. ':hidden:' .. user
  local set = {}
  if redis.call('EXISTS', name) == 0 then return set end
  for _, range in ipairs({ { low, high }, { -high, -low } }) do
    local seqs = redis.call('ZRANGEBYSCORE', name, range[1], range[2])
    for at = 1, #seqs do set[tonumber(seqs[at])] = true end
  end
  return set
end
