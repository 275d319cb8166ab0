-- A line of the audit log.
-- KEYS {server}:audit
-- ARGV at, actor, act, target, detail
-- Reply ok
register('audit_add', function(keys, args)
  audit.check(keys[1])
  -- first write
  audit.add(keys[1], args[1], args[2], args[3], args[4], args[5])
  return { 'ok' }
end, { 'allow-oom' })
