-- An invite is a row: id, by, uses, used, made at, good until, '1' when revoked; its field is the hash of its code.
local invite = {}

function invite.good(row, now)
  return row[7] ~= '1' and tonumber(row[6]) > now and tonumber(row[4]) < tonumber(row[3])
end
