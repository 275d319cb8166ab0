-- One message per (room, sender, nonce) for 14 days. A nonce is known by 8 bytes of a keyed hash, its text by 5 more;
-- the keys of both hashes are outside Redis, so that neither tells a word.
-- The buckets of a fortnight grow by linear hashing and hold few enough entries to stay listpacks.
local FORTNIGHT = 14 * 86400000
local BUCKET = 192

local nonces = {}

local function half_of(buckets)
  local power = 1
  while power * 2 <= buckets do power = power * 2 end
  return power
end

local function bucket_of(hash, count)
  local buckets = 1 + math.floor(count / BUCKET)
  local power = half_of(buckets)
  local bucket = hash % (power * 2)
  if bucket >= buckets then bucket = bucket - power end
  return bucket
end

-- Looks a nonce up in this fortnight and the last. `first` and `second` are the halves of its hash.
function nonces.find(tag, now, first, second)
  local fortnight = math.floor(now / FORTNIGHT)
  local field = struct.pack('>I4I4', first, second)
  local this = tag .. ':nonces:' .. fortnight
  local last = tag .. ':nonces:' .. (fortnight - 1)
  local count = tonumber(redis.call('GET', this) or 0)
  local place = { this = this, count = count, field = field, hash = first, until_ms = (fortnight + 2) * FORTNIGHT }
  place.bucket = this .. ':' .. bucket_of(first, count)
  local value = redis.call('HGET', place.bucket, field)
  if not value then
    local before = redis.call('GET', last)
    if before then value = redis.call('HGET', last .. ':' .. bucket_of(first, tonumber(before)), field) end
  end
  if value then
    place.seq = tonumber(string.sub(value, 6))
    place.digest = string.sub(value, 1, 5)
  end
  return place
end

function nonces.digest(first, second)
  return struct.pack('>I4B', first, second)
end

-- The checks that concern keys, before the first write.
function nonces.ready(place)
  if (place.count + 1) % BUCKET == 0 then
    local fresh = (place.count + 1) / BUCKET
    place.split_to = place.this .. ':' .. fresh
    place.split_from = place.this .. ':' .. (fresh - half_of(fresh))
    redis.call('HLEN', place.split_to)
    redis.call('HLEN', place.split_from)
  end
end

-- Fails on a bucket of the wrong type among all that `more` further nonces may split.
function nonces.check(place, more)
  for count = place.count + 1, place.count + more do
    if count % BUCKET == 0 then
      local fresh = count / BUCKET
      redis.call('HLEN', place.this .. ':' .. fresh)
      redis.call('HLEN', place.this .. ':' .. (fresh - half_of(fresh)))
    end
  end
end

local function put(bucket, until_ms, field, value)
  local made = redis.call('HLEN', bucket) == 0
  redis.call('HSET', bucket, field, value)
  if made then redis.call('PEXPIREAT', bucket, until_ms) end
end

-- Remembers that this nonce is message `seq`. After nonces.ready of the same place.
function nonces.keep(place, digest, seq)
  local count = redis.call('INCR', place.this)
  if count == 1 then redis.call('PEXPIREAT', place.this, place.until_ms) end
  put(place.bucket, place.until_ms, place.field, digest .. seq)
  if not place.split_to then return end
  local rows = redis.call('HGETALL', place.split_from)
  for at = 1, #rows, 2 do
    local hash = struct.unpack('>I4', rows[at])
    local bucket = place.this .. ':' .. bucket_of(hash, count)
    if bucket ~= place.split_from then
      redis.call('HDEL', place.split_from, rows[at])
      put(bucket, place.until_ms, rows[at], rows[at + 1])
    end
  end
end
