import type { UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field } from './replies.ts';
import { nameKey } from './user-keys.ts';

/** Whose name it is: for good, or only held for somebody who is being made. */
export interface TakenName {
  readonly user: UserId;
  readonly kept: boolean;
}

/** Usernames, folded. A name is held first and kept once its user is written down. */
export interface Names {
  read(folded: string): Promise<TakenName | undefined>;
  /** Undefined: it is held for `user` now. */
  reserve(folded: string, user: UserId, ttlMs: number): Promise<TakenName | undefined>;
  /** False where the hold was over. */
  confirm(folded: string, user: UserId): Promise<boolean>;
  /** Frees the name if it is this user's. */
  release(folded: string, user: UserId): Promise<void>;
}

export function createNames({ redis }: { redis: RedisDoor }): Names {
  return {
    async read(folded) {
      const reply = await redis.read('name_read', [nameKey(folded)], []);
      return reply[0] === 'ok' ? taken(reply) : undefined;
    },
    async reserve(folded, user, ttlMs) {
      const reply = await redis.call('name_reserve', [nameKey(folded)], [user, ttlMs]);
      return reply[0] === 'taken' ? taken(reply) : undefined;
    },
    async confirm(folded, user) {
      const [word] = await redis.call('name_confirm', [nameKey(folded)], [user]);
      return word === 'ok';
    },
    async release(folded, user) {
      await redis.call('name_release', [nameKey(folded)], [user]);
    },
  };
}

// Our own functions wrote the id.
function taken(reply: readonly string[]): TakenName {
  return { user: field(reply, 1) as UserId, kept: field(reply, 2) === 'kept' };
}
