import type { ServerRole, SessionId, UserId, UserStatus } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field, unexpected } from './replies.ts';
import { userKey, userResetKey, userSessionsKey } from './user-keys.ts';

export interface Credentials {
  readonly status: UserStatus;
  /** The password's hash with its parameters, as a PHC string. */
  readonly password: string;
}

/** What is kept of passwords, and the one-time links that set new ones. Only hashes come here. */
export interface StoredPasswords {
  credentials(user: UserId): Promise<Credentials | undefined>;
  /** Sets `password` if `checked` still holds. Every session ends but `keep`. */
  replace(user: UserId, checked: string, password: string, keep: SessionId): Promise<'ok' | 'moved' | 'no_user'>;
  makeReset(
    user: UserId,
    by: ServerRole | 'operator',
    reset: { readonly hash: string; readonly until: number; readonly ttlMs: number },
  ): Promise<'ok' | 'outranked' | 'no_user'>;
  /** Whether a link is good now. */
  resetIsGood(user: UserId, hash: string, now: number): Promise<boolean>;
  /** Spends a link: the password is set and every session ends, in one step. */
  reset(user: UserId, hash: string, now: number, password: string): Promise<'ok' | 'spent'>;
}

export function createStoredPasswords({ redis }: { redis: RedisDoor }): StoredPasswords {
  const keys = (user: UserId) => [userKey(user), userSessionsKey(user), userResetKey(user)];
  return {
    async credentials(user) {
      const reply = await redis.read('user_credentials', [userKey(user)], []);
      if (reply[0] !== 'ok') return undefined;
      // Written by us from the protocol's own list.
      return { status: field(reply, 1) as UserStatus, password: field(reply, 2) };
    },
    async replace(user, checked, password, keep) {
      const reply = await redis.call('user_password', keys(user), [checked, password, keep]);
      const word = reply[0];
      return word === 'ok' || word === 'moved' || word === 'no_user' ? word : unexpected('user_password', reply);
    },
    async makeReset(user, by, { hash, until, ttlMs }) {
      const reply = await redis.call('user_reset_make', [userKey(user), userResetKey(user)], [by, hash, until, ttlMs]);
      const word = reply[0];
      return word === 'ok' || word === 'outranked' || word === 'no_user' ? word : unexpected('user_reset_make', reply);
    },
    async resetIsGood(user, hash, now) {
      const [word] = await redis.read('user_reset_read', [userResetKey(user)], [hash, now]);
      return word === 'ok';
    },
    async reset(user, hash, now, password) {
      const reply = await redis.call('user_reset', keys(user), [hash, now, password]);
      const word = reply[0];
      return word === 'ok' || word === 'spent' ? word : unexpected('user_reset', reply);
    },
  };
}
