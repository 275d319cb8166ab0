-- Open rooms by name, those whose own text contains a text. Looks at a bounded number of them.
-- KEYS {server}:open
-- ARGV entry after which to go on or '', folded text or '', how many
-- Reply ok next, then entries; next is an entry, or '' at the end
local LOOK = 1000

register_read('open_page', function(keys, args)
  local from = args[1] == '' and '-' or '(' .. args[1]
  local entries = redis.call('ZRANGEBYLEX', keys[1], from, '+', 'LIMIT', 0, LOOK)
  local answer, limit = { 'ok', '' }, tonumber(args[3])
  for at = 1, #entries do
    if args[2] == '' or string.find(split(entries[at])[3], args[2], 1, true) then
      answer[#answer + 1] = entries[at]
      if #answer - 2 == limit then
        if at < #entries or #entries == LOOK then answer[2] = entries[at] end
        return answer
      end
    end
  end
  if #entries == LOOK then answer[2] = entries[LOOK] end
  return answer
end)
