-- What the functions on a user's own keys share. All keys of a user are in the slot of {u:<id>}.
local line = {}
-- The operator is whoever has the machine, and no role that a user can have.
local server_rank = { member = 1, admin = 2, owner = 3, operator = 4 }

-- The fields of a row, which are joined by NUL.
function line.split(row)
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

-- Raises the rev of the user's line and publishes `<rev> NUL <entry as JSON>` to the user's channel.
function line.tell(user, entry)
  local rev = redis.call('HINCRBY', user, 'rev', 1)
  redis.call('SPUBLISH', user, rev .. '\0' .. entry)
  return tostring(rev)
end

-- Ends every session but `keep` ('' keeps none) and tells the line.
-- `rows` is HGETALL of the sessions, read before the first write.
function line.end_sessions(user, sessions, rows, keep)
  local except = ''
  for at = 1, #rows, 2 do
    if keep ~= '' and line.split(rows[at + 1])[1] == keep then
      except = ',"except":"' .. keep .. '"'
    else
      redis.call('HDEL', sessions, rows[at])
    end
  end
  return line.tell(user, '{"kind":"sessions.ended","sessions":"all"' .. except .. '}')
end
