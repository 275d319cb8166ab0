-- All sessions of a user, ended by time or not.
-- KEYS {u:<id>}:sessions
-- Reply ok row ...
register_read('session_list', function(keys)
  local rows = redis.call('HVALS', keys[1])
  table.insert(rows, 1, 'ok')
  return rows
end)
