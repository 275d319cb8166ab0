import type { Locale, ServerRole, User, UserId, UserKind, UserStatus } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field, unexpected } from './replies.ts';
import { nameKey, userKey, userResetKey, userSessionsKey } from './user-keys.ts';

/** A user as stored, without secrets. Times in milliseconds since 1970. */
export interface UserRecord {
  readonly card: User;
  readonly locale?: Locale;
  readonly timeZone?: string;
  /** Others see the user as offline, and not since when. */
  readonly hidePresence: boolean;
  readonly createdAt: number;
  /** Number of the last entry of the user's own line. */
  readonly rev: number;
  /** Whether what follows from the user's making is done. */
  readonly settled: boolean;
}

export interface NewUser {
  readonly id: UserId;
  readonly kind: UserKind;
  readonly username: string;
  readonly displayName: string;
  readonly role: ServerRole;
  readonly locale?: Locale | undefined;
  readonly password: string;
  readonly at: number;
}

/** What a user says of oneself. */
export interface Profile {
  readonly displayName?: string | undefined;
  readonly locale?: Locale | undefined;
  readonly timeZone?: string | undefined;
  readonly hidePresence?: boolean | undefined;
}

/** Users, each in keys of one slot. */
export interface Users {
  /** Those of the ids that exist, each once. */
  cards(ids: readonly UserId[]): Promise<Map<UserId, User>>;
  /** Whose name it is; the name folded by `foldName`. */
  byName(folded: string): Promise<UserId | undefined>;
  one(id: UserId): Promise<UserRecord | undefined>;
  /** Writes down a user who is gone again after `ttlMs` unless a first session is opened. */
  create(user: NewUser, ttlMs: number): Promise<'ok' | 'exists'>;
  settle(id: UserId): Promise<void>;
  change(id: UserId, profile: Profile): Promise<{ rev: number } | 'no_user'>;
  /** Status and role, changed by somebody of the role `by`. */
  govern(
    id: UserId,
    by: ServerRole,
    change: { status?: UserStatus | undefined; role?: ServerRole | undefined },
  ): Promise<'ok' | 'again' | 'outranked' | 'no_user'>;
}

export function createUsers({ redis }: { redis: RedisDoor }): Users {
  async function one(id: UserId): Promise<UserRecord | undefined> {
    const reply = await redis.read('user_read', [userKey(id)], []);
    return reply[0] === 'ok' ? record(id, reply) : undefined;
  }
  return {
    one,
    async cards(ids) {
      const records = await Promise.all([...new Set(ids)].map(one));
      return new Map(records.flatMap((each) => (each === undefined ? [] : [[each.card.id, each.card] as const])));
    },
    async byName(folded) {
      const [word, user, state] = await redis.read('name_read', [nameKey(folded)], []);
      // Our own functions wrote the id.
      return word === 'ok' && state === 'kept' ? (user as UserId) : undefined;
    },
    async create(user, ttlMs) {
      const values = ['kind', user.kind, 'name', user.username, 'display', user.displayName, 'role', user.role];
      values.push('status', 'active', 'at', String(user.at), 'rev', '0', 'password', user.password);
      if (user.locale !== undefined) values.push('locale', user.locale);
      const [word] = await redis.call('user_create', [userKey(user.id)], [ttlMs, ...values]);
      return word === 'ok' ? 'ok' : 'exists';
    },
    async settle(id) {
      await redis.call('user_settle', [userKey(id)], []);
    },
    async change(id, { displayName, locale, timeZone, hidePresence }) {
      const values: string[] = [];
      if (displayName !== undefined) values.push('display', displayName);
      if (locale !== undefined) values.push('locale', locale);
      if (timeZone !== undefined) values.push('zone', timeZone);
      if (hidePresence !== undefined) values.push('hides', hidePresence ? '1' : '0');
      const reply = await redis.call('user_change', [userKey(id)], values);
      return reply[0] === 'ok' ? { rev: Number(field(reply, 1)) } : 'no_user';
    },
    async govern(id, by, { status, role }) {
      const keys = [userKey(id), userSessionsKey(id), userResetKey(id)];
      const reply = await redis.call('user_govern', keys, [by, status ?? '', role ?? '']);
      const word = reply[0];
      if (word === 'ok' || word === 'again' || word === 'outranked' || word === 'no_user') return word;
      return unexpected('user_govern', reply);
    },
  };
}

// The words of kind, role and status were written by us from the protocol's own lists.
function record(id: UserId, reply: readonly string[]): UserRecord {
  const [, kind, username, displayName, role, status, locale, zone, at, rev, settled, hides] = reply;
  const card = { id, kind, username, displayName, role, status } as User;
  return {
    card,
    ...(locale ? { locale: locale as Locale } : {}),
    ...(zone ? { timeZone: zone } : {}),
    hidePresence: hides === '1',
    createdAt: Number(at),
    rev: Number(rev || 0),
    settled: settled === '1',
  };
}
