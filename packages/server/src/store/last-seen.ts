import type { UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field } from './replies.ts';
import { userKey } from './user-keys.ts';

/** A moment is exact enough for "last seen", and writing it down each time would cost an fsync each. */
const AT_MOST_EVERY_MS = 60_000;

/** When users were last here. Of who hides it nothing is kept and nothing is told. */
export interface LastSeen {
  note(user: UserId, at: number): Promise<void>;
  /** In milliseconds since 1970; undefined where it is hidden or was never noted. */
  read(user: UserId): Promise<number | undefined>;
}

export function createLastSeen({ redis }: { redis: RedisDoor }): LastSeen {
  return {
    async note(user, at) {
      await redis.call('user_seen', [userKey(user)], [at, AT_MOST_EVERY_MS]);
    },
    async read(user) {
      const reply = await redis.read('user_last_seen', [userKey(user)], []);
      return reply[0] === 'ok' ? Number(field(reply, 1)) : undefined;
    },
  };
}
