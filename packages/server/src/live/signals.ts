import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowFrame, RoomId, UserId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import { type Acquaintance, type AcquaintanceParts, createAcquaintance } from './acquaintance.ts';
import { type CardsParts, tellCards } from './cards.ts';
import type { Seated } from './seat.ts';
import { createSightings, type SightingsParts } from './sightings.ts';
import { createTyping, type TypingParts } from './typing.ts';
import { createWatches, type WatchesParts } from './watches.ts';

/** Who turns over the screen quickly is followed at this pace. */
const FOLLOW_EVERY_MS = 500;
const RETRY_MS = 2_000;
/** Silence is noticed within a part of the time after which somebody is gone. */
const SWEEPS = 5;

/** What is told and not kept, to those who have the room or the person on screen. */
export interface Signals {
  /** Was welcomed. */
  enter(connection: Seated): void;
  leave(connection: Seated): void;
  /** Is writing in a room it is in. */
  typing(connection: Seated, room: RoomId): Promise<void>;
  /** What is on this connection's screen from now on, and whether the person is here. */
  follow(connection: Seated, frame: Pick<FollowFrame, 'rooms' | 'users' | 'presence'>): Promise<void>;
  /** Somebody is in a room no more. */
  left(room: RoomId, user: UserId): void;
  /** Another node asks for the user, or what others may know has changed. */
  asked(user: UserId): void;
  stop(): void;
}

export interface SignalsParts
  extends AcquaintanceParts,
    CardsParts,
    SightingsParts,
    TypingParts,
    Omit<WatchesParts, 'acquaintance' | 'wants' | 'store' | 'limits'> {
  readonly store: TypingParts['store'] & WatchesParts['store'] & SightingsParts['store'];
  readonly limits: TypingParts['limits'] & WatchesParts['limits'];
}

type Screen = Pick<FollowFrame, 'rooms' | 'users'>;

/** The people on a connection's screen. */
interface Attention {
  wanted: Screen;
  readonly followed: Set<UserId>;
  working: boolean;
}

export function createSignals(given: SignalsParts): Signals {
  // What Redis does not take now is told again or not missed.
  const onFault = (error: unknown) => {
    if (!(error instanceof Refusal)) given.onFault(error);
  };
  const parts = { ...given, onFault };
  const attentions = new Map<Seated, Attention>();
  const acquaintance: Acquaintance = createAcquaintance(parts);
  const typing = createTyping(parts);
  const sightings = createSightings(parts);
  const wants = (connection: Seated, user: UserId) => attentions.get(connection)?.wanted.users.includes(user) === true;
  const watches = createWatches({ ...parts, acquaintance, wants });
  const stopCards = tellCards(parts);
  const everyMs = Math.min(5_000, (parts.limits.presenceEverySeconds * 1_000) / SWEEPS);
  const timer = setInterval(() => {
    typing.sweep();
    watches.sweep();
  }, everyMs);
  timer.unref();

  /** Brings what a connection follows up to what it wants. Whom it may not follow it is told nothing about. */
  async function settle(connection: Seated, attention: Attention, screen: Screen): Promise<void> {
    const asked = screen.users.filter((user) => !watches.follows(connection, user));
    const rooms = await acquaintance.rooms(connection, asked, screen.rooms);
    if (attentions.get(connection) !== attention) return;
    for (const [user, room] of rooms) {
      // Something else may be on the screen by now.
      if (!wants(connection, user)) continue;
      watches.follow(connection, user, room);
      attention.followed.add(user);
    }
  }

  /** One look after the other, with a pause: the newest wish counts, those between are passed over. */
  async function work(connection: Seated, attention: Attention): Promise<void> {
    attention.working = true;
    let settled: Screen | undefined;
    while (attentions.get(connection) === attention && settled !== attention.wanted) {
      const screen = attention.wanted;
      try {
        await settle(connection, attention, screen);
        settled = screen;
      } catch (error) {
        onFault(error);
      }
      await sleep(settled === screen ? FOLLOW_EVERY_MS : RETRY_MS, undefined, { ref: false });
    }
    attention.working = false;
  }

  return {
    enter: (connection) => sightings.enter(connection),
    leave(connection) {
      void typing.follow(connection, []);
      for (const user of attentions.get(connection)?.followed ?? []) watches.unfollow(connection, user);
      attentions.delete(connection);
      sightings.leave(connection);
    },
    typing: (connection, room) => typing.say(connection, room),
    async follow(connection, { rooms, users, presence }) {
      if (connection.closed) return;
      sightings.isAway(connection, presence === 'away');
      const wanted = { rooms, users };
      const attention: Attention = attentions.get(connection) ?? { wanted, followed: new Set(), working: false };
      attention.wanted = wanted;
      // At once: who comes back to the screen is told anew.
      for (const user of attention.followed) {
        if (users.includes(user)) continue;
        watches.unfollow(connection, user);
        attention.followed.delete(user);
      }
      attentions.set(connection, attention);
      if (!attention.working) void work(connection, attention);
      await typing.follow(connection, rooms);
    },
    left: (room, user) => watches.left(room, user),
    asked: (user) => sightings.tell(user),
    stop() {
      clearInterval(timer);
      sightings.stop();
      stopCards();
    },
  };
}
