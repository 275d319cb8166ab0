import { randomUUID } from 'node:crypto';
import type { Presence, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { LastSeen } from '../store/last-seen.ts';
import type { SignalStore } from '../store/signals.ts';
import type { People } from './people.ts';
import type { Seated } from './seat.ts';

/** Whoever reloads a page is not gone. */
const GRACE_MS = 3_000;
/** What changes at once on several devices, or is asked for by several nodes, is told once. */
const GATHER_MS = 300;

export interface SightingsParts {
  readonly store: Pick<SignalStore, 'tellSighting'>;
  readonly lastSeen: LastSeen;
  readonly people: Pick<People, 'find'>;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/** Tells the other nodes where the users of this one are: present on any device is present. */
export interface Sightings {
  enter(connection: Seated): void;
  leave(connection: Seated): void;
  /** Whether somebody sits before this connection. */
  isAway(connection: Seated, away: boolean): void;
  /** Another node wants to know, or what others may know has changed. */
  tell(user: UserId): void;
  stop(): void;
}

export function createSightings({ store, lastSeen, people, clock, onFault }: SightingsParts): Sightings {
  const node = randomUUID();
  const away = new Set<unknown>();
  const timers = new Map<UserId, NodeJS.Timeout>();

  function presenceOf(user: UserId): Presence {
    const person = people.find(user);
    if (person === undefined || person.size === 0 || person.hidesPresence) return 'offline';
    return person.connections.every((each) => away.has(each)) ? 'away' : 'online';
  }

  function tellIn(user: UserId, waitMs: number): void {
    if (timers.has(user)) return;
    const timer = setTimeout(() => {
      timers.delete(user);
      store.tellSighting(user, { node, is: presenceOf(user) }).catch(onFault);
    }, waitMs);
    timer.unref();
    timers.set(user, timer);
  }

  return {
    enter: ({ user }) => tellIn(user, GATHER_MS),
    leave(connection) {
      const { user } = connection;
      const wasAway = away.delete(connection);
      const left = people.find(user)?.size ?? 0;
      if (left === 0) {
        lastSeen.note(user, clock.now()).catch(onFault);
        tellIn(user, GRACE_MS);
      } else if (!wasAway) tellIn(user, GRACE_MS);
    },
    isAway(connection, isAway) {
      if (away.has(connection) === isAway) return;
      if (isAway) away.add(connection);
      else away.delete(connection);
      tellIn(connection.user, GATHER_MS);
    },
    tell: (user) => tellIn(user, GATHER_MS),
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
