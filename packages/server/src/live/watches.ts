import type { Limits, RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { LastSeen } from '../store/last-seen.ts';
import type { SignalStore } from '../store/signals.ts';
import type { Acquaintance } from './acquaintance.ts';
import { Limiter } from './limiter.ts';
import { isIn, type Seated } from './seat.ts';
import { Watch } from './watch.ts';

/** So long nodes have to answer before nobody's answer means offline. */
const ANSWER_MS = 1_000;
const READS_AT_ONCE = 16;

export interface WatchesParts {
  readonly store: Pick<SignalStore, 'ask' | 'onSighting'>;
  readonly lastSeen: LastSeen;
  readonly acquaintance: Acquaintance;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'presenceEverySeconds' | 'presenceGoneSeconds'>;
  /** Whether a connection still has the user on screen. */
  readonly wants: (connection: Seated, user: UserId) => boolean;
  readonly mayWrite: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** The users whose presence somebody on this node has on screen. Nodes are asked for these alone. */
export interface Watches {
  /** By right of `room`, which both are in. */
  follow(connection: Seated, user: UserId, room: RoomId): void;
  unfollow(connection: Seated, user: UserId): void;
  follows(connection: Seated, user: UserId): boolean;
  /** The user is in that room no more: who followed by right of it needs another. */
  left(room: RoomId, user: UserId): void;
  /** Asks anew, looks whether everybody may still follow, and notices who has fallen silent. */
  sweep(): void;
}

interface Entry {
  readonly watch: Watch;
  readonly close: () => void;
  readonly since: number;
  askedAt: number;
  /** Raised with each look, so that a slow one does not overtake a later. */
  look: number;
}

export function createWatches(parts: WatchesParts): Watches {
  const { store, lastSeen, acquaintance, clock, limits, mayWrite, onFault } = parts;
  const everyMs = limits.presenceEverySeconds * 1_000;
  const goneMs = limits.presenceGoneSeconds * 1_000;
  const entries = new Map<UserId, Entry>();
  const limiter = new Limiter(READS_AT_ONCE);

  /**
   * Shows what is known now, if that is anything else than before. `told`: by a node, just now. Who is told to be offline
   * once more may have hidden since when.
   */
  async function look(entry: Entry, told: boolean): Promise<void> {
    const { watch } = entry;
    const now = clock.now();
    const presence = watch.presence(now - goneMs);
    entry.look += 1;
    const isNews = presence !== watch.shown || (told && presence === 'offline');
    if (isNews && (presence !== 'offline' || now - entry.since >= ANSWER_MS)) {
      const at = entry.look;
      const seen = presence === 'offline' ? await lastSeen.read(watch.user) : undefined;
      if (at !== entry.look || entries.get(watch.user) !== entry) return;
      watch.show(presence, seen);
    }
    if (mayWrite()) watch.tell();
  }

  const lookNow = (entry: Entry, told = false) => void look(entry, told).catch(onFault);

  function open(user: UserId): Entry {
    const now = clock.now();
    const watch = new Watch(user);
    const opened = store.onSighting(user, ({ node, is }) => {
      watch.see(node, is, clock.now());
      lookNow(entry, true);
    });
    const close = () => {
      if (entries.get(user) === entry) entries.delete(user);
      clearTimeout(answered);
      opened.then((unsubscribe) => unsubscribe()).catch(() => {});
    };
    const answered = setTimeout(() => lookNow(entry), ANSWER_MS + 50);
    answered.unref();
    const entry: Entry = { watch, close, since: now, askedAt: now, look: 0 };
    entries.set(user, entry);
    // Listens first and asks afterwards, so that no answer is missed.
    opened.then(() => store.ask(user)).catch(onFault);
    return entry;
  }

  function follow(connection: Seated, user: UserId, room: RoomId): void {
    const entry = entries.get(user) ?? open(user);
    entry.watch.follow(connection, room);
    if (mayWrite()) entry.watch.tell();
  }

  function unfollow(connection: Seated, user: UserId): void {
    const entry = entries.get(user);
    entry?.watch.unfollow(connection);
    if (entry?.watch.size === 0) entry.close();
  }

  /** Looks for another room that both are in. */
  async function renew({ watch }: Entry, connection: Seated): Promise<void> {
    const { user } = watch;
    const room = (await acquaintance.rooms(connection, [user], [])).get(user);
    if (room !== undefined && parts.wants(connection, user)) follow(connection, user, room);
    else unfollow(connection, user);
  }

  async function refresh(entry: Entry): Promise<void> {
    const { watch } = entry;
    const held = new Map<RoomId, boolean>();
    for (const [connection, room] of [...watch.followers()]) {
      if (isIn(connection, room)) {
        const holds = held.get(room) ?? (await acquaintance.holds(connection, watch.user, room));
        held.set(room, holds);
        if (holds) continue;
      }
      await renew(entry, connection);
    }
    if (watch.size > 0) await store.ask(watch.user);
  }

  return {
    unfollow,
    follow,
    follows: (connection, user) => entries.get(user)?.watch.has(connection) === true,
    left(room, user) {
      const entry = entries.get(user);
      if (entry === undefined) return;
      for (const [connection, by] of [...entry.watch.followers()]) {
        if (by !== room) continue;
        // Nothing more until another right was found.
        entry.watch.unfollow(connection);
        renew(entry, connection).catch(onFault);
      }
    },
    sweep() {
      const before = clock.now() - everyMs;
      for (const entry of entries.values()) {
        lookNow(entry);
        if (entry.askedAt > before) continue;
        entry.askedAt = clock.now();
        limiter.run(() => refresh(entry)).catch(onFault);
      }
    },
  };
}
