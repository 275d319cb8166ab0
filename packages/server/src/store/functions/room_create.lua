-- Makes a room with its first members, the maker first.
-- KEYS {pXX}:room:<id>
-- ARGV kind, name, topic, recall seconds, history, now, maker, then further members
-- Reply ok epoch | exists | epoch
-- Events: room created, with a note of it except in a direct room
register('room_create', function(keys, args)
  local key = keys[1]
  local tag = room.tag(key)
  local kind, now, maker = args[1], tonumber(args[6]), args[7]
  partition.here(tag)
  if redis.call('HEXISTS', key, 'kind') == 1 then return { 'exists' } end
  local epoch = partition.epoch(tag)
  if not epoch then return { 'epoch' } end
  local this = {
    key = key, tag = tag, epoch = epoch, kind = kind, seq = 0, rev = 0, at = now, now = now, recall = args[4],
    told = {}, put = {},
  }
  redis.call('HLEN', key .. ':members')
  redis.call('ZCARD', key .. ':roster')
  redis.call('HLEN', key .. ':reads')
  redis.call('ZCARD', key .. ':uncounted')
  room.ready(this, 1, 1)
  local direct = kind == 'direct'
  -- first write
  for at = 7, #args do
    local role = (not direct and args[at] == maker) and 'owner' or 'member'
    local place = at - 6
    redis.call('HSET', key .. ':members', args[at], room.member_row({
      role = role, joined = args[6], from_seq = 1, from_rev = 1, involvement = 'everything', muted_until = 0,
    }))
    redis.call('ZADD', key .. ':roster', room.roster(role, place), args[at])
    redis.call('HSET', key .. ':reads', args[at], direct and 0 or 1)
  end
  redis.call('HSET', key, 'kind', kind, 'name', args[2], 'topic', args[3], 'archived', '0', 'recall', args[4],
    'history', args[5], 'owners', direct and 0 or 1, 'count', #args - 6, 'joins', #args - 6, 'settings', 1, 'roles', 1)
  local seq, row
  if not direct then seq, row = room.note(this, maker, 'room.created') end
  room.tell(this, 'c', maker, seq, nil, row)
  room.close(this)
  return { 'ok', epoch }
end)
