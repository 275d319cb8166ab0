-- Entries of the directory in the order of their bytes.
-- KEYS {server}:directory
-- ARGV from, to (as ZRANGEBYLEX takes them), how many
-- Reply ok entry ...   (an entry is its words, NUL, the user)
register_read('directory_range', function(keys, args)
  local entries = redis.call('ZRANGEBYLEX', keys[1], args[1], args[2], 'LIMIT', 0, args[3])
  table.insert(entries, 1, 'ok')
  return entries
end)
