import { randomInt } from 'node:crypto';
import type { Room, UserId } from '@rill/protocol';
import { openRedis } from '@rill/server';
import { TEXT } from './payload.ts';

const AT_ONCE = 1_000;
const WORD = 2 ** 32;
const NO_PACE = 1_000_000;

/** Says so many things in a room as the store says them, past the server: what is read afterwards is the same. */
export async function seed(redisUrl: string, room: Room, user: UserId, count: number): Promise<void> {
  const redis = await openRedis({ url: redisUrl });
  // What is only read afterwards need not be on disk, and would be written there twenty times over.
  for (const master of redis.masters()) await master.config('SET', 'appendonly', 'no');
  const keys = [`{p${room.id.slice(0, 2)}}:room:${room.id}`];
  try {
    for (let done = 0; done < count; done += AT_ONCE) {
      const many = Array.from({ length: Math.min(AT_ONCE, count - done) }, () => {
        const hashes = [randomInt(WORD), randomInt(WORD), randomInt(WORD), randomInt(256)];
        return redis.call('room_send', keys, [user, Date.now(), 'seed', ...hashes, NO_PACE, TEXT]);
      });
      const bad = (await Promise.all(many)).find(([word]) => word !== 'ok');
      if (bad !== undefined) throw new Error(`a message was not stored: ${bad.join(' ')}`);
    }
  } finally {
    await redis.close();
  }
}
