-- All invites that are not forgotten.
-- KEYS {server}:invites
-- Reply ok row ...
register_read('invite_list', function(keys)
  local rows = redis.call('HVALS', keys[1])
  table.insert(rows, 1, 'ok')
  return rows
end)
