import type { UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field } from './replies.ts';
import { userSendsKey } from './user-keys.ts';

/** What users have sent lately, counted for all nodes together. */
export interface UserSends {
  /** Adds `count`, each `gapMs` of the regular pace; answers how far ahead of it the user is, ms, `mostMs` at most. */
  add(user: UserId, count: number, gapMs: number, mostMs: number): Promise<number>;
}

export function createUserSends({ redis }: { redis: RedisDoor }): UserSends {
  return {
    async add(user, count, gapMs, mostMs) {
      return Number(field(await redis.call('user_sends', [userSendsKey(user)], [count, gapMs, mostMs]), 1));
    },
  };
}
