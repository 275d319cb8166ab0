import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Written by asking, whatever is asked: when a session was last used, and how often somebody tried. */
const COUNTED = /(:sessions$|pace|attempt)/;

/** Everything that is stored, in one number: equal before and after means that nothing was written. */
export async function digest(redis: Redis): Promise<string> {
  const keys: string[] = [];
  for (let cursor = '0'; ; ) {
    const [next, found] = await redis.scan(cursor, 'COUNT', 1_000);
    keys.push(...found.filter((key) => !COUNTED.test(key)));
    if (next === '0') break;
    cursor = next;
  }
  keys.sort();
  const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  const hash = createHash('sha256');
  keys.forEach((key, at) => {
    hash
      .update(key)
      .update('\0')
      .update(dumps[at] ?? '');
  });
  return hash.digest('hex');
}
