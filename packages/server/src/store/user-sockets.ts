import type { UserId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import type { RedisDoor } from './redis.ts';
import { userSocketsKey } from './user-keys.ts';

/** How many sockets a node has of a user. */
export interface SocketNote {
  readonly node: string;
  readonly count: number;
  /** Counted for so long unless it is noted again. */
  readonly holdsMs: number;
  /** How many the user may have on all nodes together; absent: it is noted in any case. */
  readonly most?: number;
}

/** The sockets of users, counted for all nodes together. */
export interface UserSockets {
  /** False, and nothing noted, where they would be too many. */
  note(user: UserId, note: SocketNote): Promise<boolean>;
}

export function createUserSockets({ redis }: { redis: RedisDoor }): UserSockets {
  return {
    async note(user, { node, count, holdsMs, most }) {
      try {
        const [word] = await redis.call('user_sockets', [userSocketsKey(user)], [node, count, holdsMs, most ?? '']);
        return word === 'ok';
      } catch (error) {
        // The master has it. Who only reads must not be kept out because no replica answers.
        if (error instanceof Refusal && error.code === 'outcome_unknown') return true;
        throw error;
      }
    },
  };
}
