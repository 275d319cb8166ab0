-- The audit log: append-only, never a text of a message.
local audit = {}

-- Fails on a key of the wrong type; called before the first write.
function audit.check(key)
  redis.call('XLEN', key)
end

function audit.add(key, at, actor, act, target, detail)
  redis.call('XADD', key, '*', 'at', at, 'actor', actor, 'act', act, 'target', target, 'detail', detail)
end
