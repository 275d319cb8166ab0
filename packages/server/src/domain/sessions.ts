import type { Limits, NewSession, Session, SessionId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { SessionLife, StoredSession, StoredSessions } from '../store/sessions.ts';
import { Refusal } from './refusal.ts';
import { hashOf, newSecret, newSessionId, readSecret, secretOf } from './secrets.ts';
import type { Who } from './who.ts';

/** Where a request that signs somebody in came from: what limits count, and what the list of sessions shows. */
export interface From {
  readonly address: string;
  readonly device: string;
}

/** A valid session: who it is, and when it ends if nobody uses it. */
export interface Authenticated {
  readonly who: Who;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Sign-ins: told from a token, listed, ended. */
export interface Sessions {
  /** Undefined where the token is malformed, unknown, expired, ended, or its user disabled. */
  authenticate(token: string): Promise<Authenticated | undefined>;
  /**
   * Opens a session, with its token, for a user whose password was checked against `checked`. Undefined where that
   * password has been replaced since, or the user disabled.
   */
  open(user: UserId, checked: string, from: From): Promise<NewSession | undefined>;
  /** All of one's own, the newest use first. */
  list(who: Who): Promise<Session[]>;
  /** Ends one of one's own, the current one included; its sockets close. */
  end(who: Who, session: SessionId): Promise<void>;
}

export interface SessionsParts {
  readonly stored: StoredSessions;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'sessionIdleDays' | 'sessionMaxDays'>;
}

const DAY_MS = 86_400_000;
/** A use is written down at most this often. */
const TOUCH_MS = 3_600_000;
const PER_USER = 100;
const DEVICE_MAX = 160;

export function createSessions({ stored, clock, limits }: SessionsParts): Sessions {
  const life: SessionLife = {
    idleMs: limits.sessionIdleDays * DAY_MS,
    longestMs: limits.sessionMaxDays * DAY_MS,
    perUser: PER_USER,
  };
  const endOf = ({ createdAt, usedAt }: StoredSession) => Math.min(usedAt + life.idleMs, createdAt + life.longestMs);

  return {
    async authenticate(token) {
      const given = readSecret(token);
      if (given === undefined) return undefined;
      const found = await stored.read(given.user, given.hash);
      if (found === undefined || found.status !== 'active') return undefined;
      const { session, role } = found;
      const now = clock.now();
      if (endOf(session) <= now) return undefined;
      const used = now - session.usedAt >= TOUCH_MS && (await touch(given.user, given.hash, now));
      const expiresAt = endOf(used ? { ...session, usedAt: now } : session);
      return { who: { user: given.user, session: session.id, role }, expiresAt };
    },
    async open(user, checked, from) {
      const secret = newSecret();
      const now = clock.now();
      const session: StoredSession = {
        id: newSessionId(),
        createdAt: now,
        usedAt: now,
        scopes: ['all'],
        address: plain(from.address, 64),
        device: plain(from.device, DEVICE_MAX),
      };
      const word = await stored.open(user, { hash: hashOf(secret), session, checked }, life);
      if (word !== 'ok') return undefined;
      return { id: session.id, token: secretOf(user, secret), expiresAt: new Date(endOf(session)).toISOString() };
    },
    async list(who) {
      const now = clock.now();
      const sessions = (await stored.list(who.user)).filter((session) => endOf(session) > now);
      sessions.sort((one, other) => other.usedAt - one.usedAt || other.createdAt - one.createdAt);
      return sessions.map((session) => shown(session, who.session, endOf(session)));
    },
    async end(who, session) {
      if (!(await stored.end(who.user, session))) throw new Refusal('not_found');
    },
  };

  async function touch(user: UserId, hash: string, now: number): Promise<boolean> {
    try {
      await stored.touch(user, hash, now, life);
      return true;
    } catch (error) {
      // Who may read is not kept from it by a Redis that cannot write; the next use writes it down.
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}

function shown(session: StoredSession, current: SessionId, end: number): Session {
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    id: session.id,
    current: session.id === current,
    scopes: ['all'],
    createdAt: time(session.createdAt),
    usedAt: time(session.usedAt),
    expiresAt: time(end),
    address: session.address,
    device: session.device,
  };
}

/** A header's text as it may be kept and shown. */
function plain(text: string, length: number): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, length);
}
