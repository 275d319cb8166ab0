import { randomBytes } from 'node:crypto';
import type { Limits, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import { Refusal } from '../domain/refusal.ts';
import type { UserSockets } from '../store/user-sockets.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';

/** So long after its last word a node that fell silent is counted. */
const HOLDS_MS = 150_000;
/** Noted again after this or half of it, so that many who came at once do not come up at once again. */
const AGAIN_MS = 60_000;
const LOOK_MS = 1_000;
const RETRY_AFTER_MS = 30_000;

export interface SocketCountsParts {
  readonly store: UserSockets;
  readonly people: Pick<People, 'find'>;
  readonly limits: Pick<Limits, 'socketsPerUser'>;
  readonly clock: Clock;
}

/** Holds how many sockets a user has on all nodes to the limit: each node notes its own with the user. */
export interface SocketCounts {
  /** A connection has come under this person; refuses where it is one too many. */
  enter(person: Person): Promise<void>;
  /** A connection of the user has gone. */
  leave(user: UserId): void;
  stop(): void;
}

export function createSocketCounts({ store, people, limits, clock }: SocketCountsParts): SocketCounts {
  const node = randomBytes(6).toString('base64url');
  /** When each user's is noted again. */
  const due = new Map<UserId, number>();

  const later = (user: UserId) => due.set(user, clock.now() + (AGAIN_MS * (1 + Math.random())) / 2);

  function noteNow(user: UserId): void {
    const count = people.find(user)?.size ?? 0;
    if (count === 0) due.delete(user);
    else later(user);
    // What cannot be noted now is noted the next time, or ends by itself.
    store.note(user, { node, count, holdsMs: HOLDS_MS }).catch(() => {});
  }

  const timer = setInterval(() => {
    const now = clock.now();
    for (const [user, at] of due) if (at <= now) noteNow(user);
  }, LOOK_MS);
  timer.unref();

  return {
    async enter({ user, size }) {
      later(user);
      const note = { node, count: size, holdsMs: HOLDS_MS, most: limits.socketsPerUser };
      if (!(await store.note(user, note))) throw new Refusal('too_many_sockets', { retryAfterMs: RETRY_AFTER_MS });
    },
    leave: noteNow,
    stop: () => clearInterval(timer),
  };
}
