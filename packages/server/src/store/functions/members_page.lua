-- Members: owners, admins, members, each in the order of joining.
-- KEYS {pXX}:room:<id>
-- ARGV user, place after which to go on or '', how many
-- Reply ok count next, then rows; next is a place or '' at the end | no_room | epoch
register_read('members_page', function(keys, args)
  local key = keys[1]
  local this, reply = room.enter(key, args[1])
  if not this then return reply end
  local limit = tonumber(args[3])
  local from = args[2] == '' and '-inf' or '(' .. args[2]
  local places = redis.call('ZRANGEBYSCORE', key .. ':roster', from, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
  local users = {}
  for at = 1, #places, 2 do users[#users + 1] = places[at] end
  local answer = { 'ok', redis.call('HGET', key, 'count'), #users == limit and places[#places] or '' }
  if #users == 0 then return answer end
  local rows = redis.call('HMGET', key .. ':members', unpack(users))
  for at = 1, #users do
    if rows[at] then answer[#answer + 1] = members.row(users[at], room.member(rows[at])) end
  end
  return answer
end)
