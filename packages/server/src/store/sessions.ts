import type { ServerRole, SessionId, UserId, UserStatus } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field, fields, unexpected } from './replies.ts';
import { userKey, userSessionsKey } from './user-keys.ts';

/** A sign-in as stored, ended by time or not. Times in milliseconds since 1970. */
export interface StoredSession {
  readonly id: SessionId;
  readonly createdAt: number;
  /** Within the hour: not every use is written down. */
  readonly usedAt: number;
  readonly scopes: readonly string[];
  readonly address: string;
  readonly device: string;
}

export interface SessionWithUser {
  readonly session: StoredSession;
  readonly role: ServerRole;
  readonly status: UserStatus;
}

export interface NewStoredSession {
  readonly hash: string;
  readonly session: StoredSession;
  /** The hash the password was checked against: if it has been replaced since, no session is opened. */
  readonly checked: string;
}

/** For how long sessions live, in milliseconds, and how many a user may have. */
export interface SessionLife {
  readonly idleMs: number;
  readonly longestMs: number;
  readonly perUser: number;
}

/** Sign-ins, found by the hash of their secret. */
export interface StoredSessions {
  open(user: UserId, session: NewStoredSession, life: SessionLife): Promise<'ok' | 'moved' | 'disabled' | 'no_user'>;
  read(user: UserId, hash: string): Promise<SessionWithUser | undefined>;
  touch(user: UserId, hash: string, now: number, life: SessionLife): Promise<void>;
  list(user: UserId): Promise<StoredSession[]>;
  /** False where there is none. */
  end(user: UserId, session: SessionId): Promise<boolean>;
}

export function createStoredSessions({ redis }: { redis: RedisDoor }): StoredSessions {
  const keys = (user: UserId) => [userKey(user), userSessionsKey(user)];
  return {
    async open(user, { hash, session, checked }, { idleMs, longestMs, perUser }) {
      const reply = await redis.call('session_open', keys(user), [
        hash,
        session.id,
        session.createdAt,
        idleMs,
        longestMs,
        perUser,
        checked,
        session.scopes.join(' '),
        session.address,
        session.device,
      ]);
      const word = reply[0];
      if (word === 'ok' || word === 'moved' || word === 'disabled' || word === 'no_user') return word;
      return unexpected('session_open', reply);
    },
    async read(user, hash) {
      const reply = await redis.read('session_read', keys(user), [hash]);
      if (reply[0] !== 'ok') return undefined;
      // Written by us from the protocol's own lists.
      const [role, status] = [field(reply, 1) as ServerRole, field(reply, 2) as UserStatus];
      return { session: stored(field(reply, 3)), role, status };
    },
    async touch(user, hash, now, { longestMs }) {
      await redis.call('session_touch', [userSessionsKey(user)], [hash, now, longestMs]);
    },
    async list(user) {
      const [, ...rows] = await redis.read('session_list', [userSessionsKey(user)], []);
      return rows.map(stored);
    },
    async end(user, session) {
      const [word] = await redis.call('session_end', keys(user), [session]);
      return word === 'ok';
    },
  };
}

function stored(row: string): StoredSession {
  const [id = '', createdAt, usedAt, scopes = '', address = '', device = ''] = fields(row);
  return {
    id: id as SessionId,
    createdAt: Number(createdAt),
    usedAt: Number(usedAt),
    scopes: scopes.split(' '),
    address,
    device,
  };
}
