import type { Limits, RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { SignalStore } from '../store/signals.ts';
import { parcelOf } from './parcel.ts';
import { isIn, type Seated } from './seat.ts';
import { Spaced } from './spaced.ts';

export interface TypingParts {
  readonly store: Pick<SignalStore, 'tellTyping' | 'onTyping'>;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'typingEverySeconds'>;
  readonly mayWrite: () => boolean;
}

/** Who is writing, for those who look at the room. */
export interface Typing {
  /** Is writing in a room it is in. */
  say(connection: Seated, room: RoomId): Promise<void>;
  /** The rooms a connection looks at, replacing those before; resolves when what is said there is heard here. */
  follow(connection: Seated, rooms: readonly RoomId[]): Promise<void>;
  sweep(): void;
}

interface Looked {
  readonly followers: Set<Seated>;
  readonly heard: Spaced<UserId>;
  readonly opened: Promise<unknown>;
  readonly close: () => void;
}

export function createTyping({ store, clock, limits, mayWrite }: TypingParts): Typing {
  const everyMs = limits.typingEverySeconds * 1_000;
  const said = new Spaced<string>(everyMs);
  const looked = new Map<RoomId, Looked>();
  const roomsOf = new Map<Seated, readonly RoomId[]>();

  function tell(room: RoomId, user: UserId): void {
    const at = looked.get(room);
    // Other nodes may have heard other devices of the same user.
    if (at === undefined || !mayWrite() || !at.heard.take(user, clock.now())) return;
    const parcel = parcelOf({ type: 'signal', signal: { kind: 'typing', room, user } });
    for (const follower of at.followers) {
      if (follower.user !== user && isIn(follower, room)) follower.writer.signal(parcel);
    }
  }

  function look(connection: Seated, room: RoomId): Promise<unknown> {
    const there = looked.get(room);
    if (there !== undefined) {
      there.followers.add(connection);
      return there.opened;
    }
    const opened = store.onTyping(room, (user) => tell(room, user));
    const close = () => {
      looked.delete(room);
      opened.then((unsubscribe) => unsubscribe()).catch(() => {});
    };
    opened.catch(() => {
      if (looked.get(room)?.close === close) looked.delete(room);
    });
    looked.set(room, { followers: new Set([connection]), heard: new Spaced(everyMs), opened, close });
    return opened;
  }

  function lookAway(connection: Seated, room: RoomId): void {
    const there = looked.get(room);
    there?.followers.delete(connection);
    if (there?.followers.size === 0) there.close();
  }

  return {
    async say({ user }, room) {
      if (said.take(`${user} ${room}`, clock.now())) await store.tellTyping(room, user);
    },
    async follow(connection, rooms) {
      for (const room of roomsOf.get(connection) ?? []) if (!rooms.includes(room)) lookAway(connection, room);
      if (rooms.length > 0) roomsOf.set(connection, rooms);
      else roomsOf.delete(connection);
      await Promise.all(rooms.map((room) => look(connection, room)));
    },
    sweep() {
      const now = clock.now();
      said.sweep(now);
      for (const { heard } of looked.values()) heard.sweep(now);
    },
  };
}
