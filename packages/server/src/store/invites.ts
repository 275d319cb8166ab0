import type { InviteId, UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { fields } from './replies.ts';
import { SERVER } from './user-keys.ts';

/** An invite as stored; the code itself is known only to who was given it. */
export interface StoredInvite {
  readonly id: InviteId;
  readonly by: UserId;
  readonly uses: number;
  readonly used: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

export interface NewStoredInvite {
  readonly hash: string;
  readonly id: InviteId;
  readonly by: UserId;
  readonly uses: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Invites, found by the hash of their code. A use is taken first and kept once its user is made. */
export interface Invites {
  make(invite: NewStoredInvite, forgetAfterMs: number, atMost: number): Promise<'ok' | 'full'>;
  list(): Promise<StoredInvite[]>;
  /** False where there is none. */
  revoke(id: InviteId, by: UserId, at: number): Promise<boolean>;
  /** The invite of a code, if it can be used now. */
  read(hash: string, now: number): Promise<StoredInvite | undefined>;
  /** Takes a use for a user who is about to be made. False: there is none left. */
  redeem(hash: string, user: UserId, now: number, until: number): Promise<boolean>;
  /** Keeps the use, or gives it back. */
  settle(user: UserId, made: boolean): Promise<void>;
  /** Users of whom it was never said whether they were made. */
  pending(now: number): Promise<UserId[]>;
}

export function createInvites({ redis }: { redis: RedisDoor }): Invites {
  const both = [SERVER.invites, SERVER.invitesPending];
  return {
    async make({ hash, id, by, uses, createdAt, expiresAt }, forgetAfterMs, atMost) {
      const args = [hash, id, by, uses, createdAt, expiresAt, forgetAfterMs, atMost];
      const [word] = await redis.call('invite_make', [SERVER.invites, SERVER.audit], args);
      return word === 'ok' ? 'ok' : 'full';
    },
    async list() {
      const [, ...rows] = await redis.read('invite_list', [SERVER.invites], []);
      return rows.map(stored);
    },
    async revoke(id, by, at) {
      const [word] = await redis.call('invite_revoke', [SERVER.invites, SERVER.audit], [id, by, at]);
      return word === 'ok';
    },
    async read(hash, now) {
      const [word, row] = await redis.read('invite_read', [SERVER.invites], [hash, now]);
      return word === 'ok' && row !== undefined ? stored(row) : undefined;
    },
    async redeem(hash, user, now, until) {
      const [word] = await redis.call('invite_redeem', both, [hash, user, now, until]);
      return word === 'ok';
    },
    async settle(user, made) {
      await redis.call('invite_settle', both, [user, made ? 'made' : 'not']);
    },
    async pending(now) {
      const [, ...users] = await redis.read('invite_pending', [SERVER.invitesPending], [now]);
      // Our own functions wrote the ids.
      return users as UserId[];
    },
  };
}

function stored(row: string): StoredInvite {
  const [id = '', by = '', uses, used, createdAt, expiresAt, revoked] = fields(row);
  return {
    id: id as InviteId,
    by: by as UserId,
    uses: Number(uses),
    used: Number(used),
    createdAt: Number(createdAt),
    expiresAt: Number(expiresAt),
    revoked: revoked === '1',
  };
}
