-- Changes a room's settings. Owners and admins name it; archiving and policies are the owners'.
-- KEYS {pXX}:room:<id>
-- ARGV user, now, rev or '', then name, topic, archived (1 or 0), recall, history: each '=value', or '' to leave it
-- Reply ok rev | no_room | forbidden | room_archived | moved_on | epoch
-- Events: room changed, one for each setting that changes, with a note of it except for history
register('room_change', function(keys, args)
  local key, user = keys[1], args[1]
  local this, reply = room.enter(key, user, args[2])
  if not this then return reply end
  local rank = ROLE_RANK[this.me.role]
  if rank < 2 or (rank < 3 and (args[6] ~= '' or args[7] ~= '' or args[8] ~= '')) then return { 'forbidden' } end
  local names = { 'name', 'topic', 'archived', 'recall', 'history' }
  local now = redis.call('HMGET', key, 'settings', unpack(names))
  local changes = {}
  for at, name in ipairs(names) do
    local given = args[at + 3]
    if given ~= '' and string.sub(given, 2) ~= now[at + 1] then
      changes[#changes + 1] = { at = at, name = name, value = string.sub(given, 2), given = given }
    end
  end
  if #changes == 0 then return { 'ok', tostring(this.rev) } end
  if this.archived and args[6] ~= '=0' then return { 'room_archived' } end
  if args[3] ~= '' and tonumber(args[3]) < tonumber(now[1]) then return { 'moved_on' } end
  redis.call('ZCARD', key .. ':uncounted')
  room.ready(this, #changes, #changes)
  -- first write
  for _, change in ipairs(changes) do
    local code, first
    if change.name == 'name' then code, first = 'room.renamed', change.value
    elseif change.name == 'topic' then code, first = 'room.topic', change.value
    elseif change.name == 'archived' then code = change.value == '1' and 'room.archived' or 'room.restored'
    elseif change.name == 'recall' then code, first = 'room.recall', change.value end
    this.put[#this.put + 1] = change.name
    this.put[#this.put + 1] = change.value
    if change.name == 'recall' then this.recall = change.value end
    local seq, row
    if code then seq, row = room.note(this, user, code, first) end
    local params = { '', '', '', '', '' }
    params[change.at] = change.given
    -- A policy is told with the other one: the event carries both as they now are.
    if change.at == 4 then params[5] = '=' .. now[6] end
    if change.at == 5 then params[4] = '=' .. this.recall end
    room.tell(this, 'g', user, seq, table.concat(params, '\0'), row)
  end
  this.put[#this.put + 1] = 'settings'
  this.put[#this.put + 1] = this.rev
  room.close(this)
  return { 'ok', tostring(this.rev) }
end)
