import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Written by asking, whatever is asked: when a session was last used, and how often somebody tried. */
const COUNTED = /(:sessions$|pace|attempt)/;

/** How each type is read whole. A DUMP would not do: the order of a large hash changes by looking at it. */
const READ: Readonly<Record<string, (redis: Redis, key: string) => Promise<unknown>>> = {
  string: (redis, key) => redis.get(key),
  hash: async (redis, key) => Object.entries(await redis.hgetall(key)).sort(),
  zset: (redis, key) => redis.zrange(key, '0', '-1', 'WITHSCORES'),
  set: async (redis, key) => (await redis.smembers(key)).sort(),
  list: (redis, key) => redis.lrange(key, 0, -1),
  stream: (redis, key) => redis.xrange(key, '-', '+'),
};

/** A fingerprint of every key that is stored: equal before and after means that nothing was written. */
export async function stored(stores: readonly Redis[]): Promise<Record<string, string>> {
  const prints = await Promise.all(stores.map(storedIn));
  return Object.assign({}, ...prints) as Record<string, string>;
}

async function storedIn(redis: Redis): Promise<Record<string, string>> {
  // A replica has what its master has, and does not let itself be asked.
  if (!(await redis.info('replication')).includes('role:master')) return {};
  const keys: string[] = [];
  for (let cursor = '0'; ; ) {
    const [next, found] = await redis.scan(cursor, 'COUNT', 1_000);
    keys.push(...found.filter((key) => !COUNTED.test(key)));
    if (next === '0') break;
    cursor = next;
  }
  const prints = await Promise.all(
    keys.sort().map(async (key) => {
      const content = await READ[await redis.type(key)]?.(redis, key);
      return [key, createHash('sha256').update(JSON.stringify(content)).digest('base64url')] as const;
    }),
  );
  return Object.fromEntries(prints);
}
