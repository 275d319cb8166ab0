-- Writing a room's log. What an entry holds is described in _log.lua.

-- Appends a text and answers its row. `import` is nil or { place, by, ms, name }.
function log.append(key, seq, at, author, rev, text, import)
  local id = seq .. '-' .. at
  local ahead = rev - seq
  local words, long = text, #text > LONG
  if long then
    redis.call('SET', key .. ':text:' .. seq, text)
    words = #text
  end
  if not import then
    redis.call('XADD', log.chunk(key, seq), id, 'm', joined(long and 'l' or 't', ahead, author, words))
    return joined(id, 't', ahead, author, text)
  end
  local writer = author == IMPORTED and '' or author
  local value = joined(long and 'j' or 'i', ahead, writer, import[1], import[4], words)
  redis.call('XADD', log.chunk(key, seq), id, 'm', value)
  return joined(id, 'i', ahead, author, import[2], import[3], import[4], text)
end

-- Appends a message of the room itself and answers its row.
function log.append_note(key, seq, at, author, rev, code, first, second)
  local id = seq .. '-' .. at
  local value = joined('s', rev - seq, author, code, first or '', second or '')
  redis.call('XADD', log.chunk(key, seq), id, 'm', value)
  return id .. '\0' .. value
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
      redis.call('XADD', copy, id, 'm', entries[at][2][2])
      kept = kept + 1
    end
  end
  if kept > 0 then redis.call('RENAME', copy, name) else redis.call('DEL', name) end
end
