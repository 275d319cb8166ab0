import { setTimeout as sleep } from 'node:timers/promises';
import type { RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Rooms } from '../domain/rooms.ts';
import type { RoomFeed } from '../store/room-feed.ts';
import { Hub } from './hub.ts';
import type { Place, Seat, Seated } from './seat.ts';
import type { Turn } from './turn.ts';

/** A hub that nobody is in stays a while: whoever comes back after a short cut finds it where it is. */
const EMPTY_MS = 30_000;
const RETRY_MS = 250;

export interface HubsParts {
  readonly clock: Clock;
  readonly turn: Turn;
  readonly rooms: Rooms;
  readonly feed: RoomFeed;
  readonly feedLimit: number;
  readonly catchUp: (hub: Hub, seat: Seat) => void;
  readonly onLeft: (room: RoomId, user: UserId) => void;
  readonly onFault: (error: unknown) => void;
}

/** The rooms that have somebody on this node. */
export interface Hubs {
  /** The room's hub, once Redis has confirmed that its events come here. */
  open(room: RoomId): Promise<Hub>;
  /** The room's hub if there is one. */
  find(room: RoomId): Hub | undefined;
  all(): Iterable<Hub>;
  /** Redis says that the room's head is here: if the hub does not stand there soon, it reads what it missed. */
  check(room: RoomId, head: Place): void;
  /** Gives up hubs that nobody has been in for a while. */
  sweep(): void;
}

interface Entry {
  readonly hub: Hub;
  readonly opened: Promise<Hub>;
  readonly close: () => void;
}

export function createHubs(parts: HubsParts): Hubs {
  const entries = new Map<RoomId, Entry>();
  const mending = new Set<Hub>();

  /** Reads what a hub misses, in the name of its members, until it has no gap. */
  async function mend(hub: Hub): Promise<void> {
    if (mending.has(hub)) return;
    mending.add(hub);
    try {
      while (entries.get(hub.room)?.hub === hub) {
        try {
          if (await read(hub)) break;
        } catch (error) {
          if (!(error instanceof Refusal)) parts.onFault(error);
          await sleep(RETRY_MS, undefined, { ref: false });
        }
      }
    } finally {
      mending.delete(hub);
    }
  }

  /** True when nothing is missing any more, as far as could be told. */
  async function read(hub: Hub): Promise<boolean> {
    const reader = hub.connections().next().value;
    const place = hub.place;
    if (reader === undefined || place === undefined) {
      hub.forget();
      return true;
    }
    const page = await parts.feed.after(reader.user, hub.room, place, parts.feedLimit);
    if (page === 'no_room') {
      dismiss(hub, reader);
      return false;
    }
    if (page === 'resync') return turnOver(hub, reader);
    return hub.receivePage(page) && (hub.place?.rev ?? 0) >= page.rev && !hub.hasGap;
  }

  async function turnOver(hub: Hub, reader: Seated): Promise<boolean> {
    try {
      hub.turnOver(await parts.rooms.one(reader.who, hub.room));
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
      dismiss(hub, reader);
    }
    return false;
  }

  /** Redis says that this user is no member: whatever told so got lost. */
  function dismiss(hub: Hub, { user }: Seated): void {
    for (const connection of Array.from(hub.connections())) if (connection.user === user) hub.leave(connection);
  }

  function make(room: RoomId): Entry {
    const hub = new Hub(room, {
      clock: parts.clock,
      turn: parts.turn,
      catchUp: parts.catchUp,
      onLeft: parts.onLeft,
      mend: (each) => void mend(each),
    });
    const subscribed = parts.feed.subscribe(room, (event) => hub.receive(event));
    const entry: Entry = {
      hub,
      opened: subscribed.then(() => hub),
      close() {
        if (entries.get(room) !== entry) return;
        entries.delete(room);
        subscribed.then((unsubscribe) => unsubscribe()).catch(() => {});
      },
    };
    entry.opened.catch(() => entry.close());
    entries.set(room, entry);
    return entry;
  }

  return {
    open(room) {
      const entry = entries.get(room) ?? make(room);
      if (entry.hub.size === 0) entry.hub.emptySince = parts.clock.now();
      return entry.opened;
    },
    find: (room) => entries.get(room)?.hub,
    *all() {
      for (const { hub } of entries.values()) yield hub;
    },
    check(room, head) {
      const hub = entries.get(room)?.hub;
      if (hub?.place === undefined || stands(hub, head)) return;
      void mend(hub);
    },
    sweep() {
      const before = parts.clock.now() - EMPTY_MS;
      for (const { hub, close } of entries.values()) if (hub.size === 0 && hub.emptySince < before) close();
    },
  };
}

function stands(hub: Hub, head: Place): boolean {
  return hub.place !== undefined && hub.place.epoch === head.epoch && hub.place.rev >= head.rev;
}
