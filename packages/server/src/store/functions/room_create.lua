-- Makes a room with its first members, the maker first.
-- KEYS {pXX}:room:<id>
-- ARGV kind, name, topic, recall seconds, history, now, digest of what is asked for under a nonce or '', maker, then
--   further members
-- Reply ok epoch | exists | nonce_reused | epoch
-- Events: room created, with a note of it except in a direct room
register('room_create', function(keys, args)
  local key = keys[1]
  local tag = room.tag(key)
  local kind, now, asked, maker = args[1], tonumber(args[6]), args[7], args[8]
  partition.here(tag)
  local found = redis.call('HMGET', key, 'kind', 'asked')
  if found[1] then return { (found[2] or '') == asked and 'exists' or 'nonce_reused' } end
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
  for at = 8, #args do
    local role = (not direct and args[at] == maker) and 'owner' or 'member'
    local place = at - 7
    redis.call('HSET', key .. ':members', args[at], room.member_row({
      role = role, joined = args[6], from_seq = 1, from_rev = 1, involvement = 'everything', muted_until = 0,
      listed_from = 0,
    }))
    redis.call('ZADD', key .. ':roster', room.roster(role, place), args[at])
    redis.call('HSET', key .. ':reads', args[at], direct and 0 or 1)
  end
  redis.call('HSET', key, 'kind', kind, 'name', args[2], 'topic', args[3], 'archived', '0', 'recall', args[4],
    'history', args[5], 'owners', direct and 0 or 1, 'count', #args - 7, 'joins', #args - 7, 'settings', 1, 'roles', 1)
  if asked ~= '' then redis.call('HSET', key, 'asked', asked) end
  local seq, row
  if not direct then seq, row = room.note(this, maker, 'room.created') end
  room.tell(this, 'c', maker, seq, nil, row)
  room.close(this)
  return { 'ok', epoch }
end)
