-- Lines of the audit log, newest first.
-- KEYS {server}:audit
-- ARGV before (an id, or '+'), how many
-- Reply ok id at actor act target detail, id at ...
register_read('audit_page', function(keys, args)
  local from = args[1] == '+' and '+' or ('(' .. args[1])
  local reply = { 'ok' }
  for _, entry in ipairs(redis.call('XREVRANGE', keys[1], from, '-', 'COUNT', args[2])) do
    reply[#reply + 1] = entry[1]
    for at = 2, 10, 2 do reply[#reply + 1] = entry[2][at] or '' end
  end
  return reply
end)
