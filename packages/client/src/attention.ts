import type { RoomId, UserId } from '@rill/protocol';
import { LIMITS } from '@rill/protocol/limits';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';

/** At most so many at once are followed over one line. */
export const FOLLOWED = { rooms: 20, users: 200 } as const;

/** What is on the screen, told to the server so that only signals that somebody sees come. */
export class Attention {
  readonly #connection: Pick<Connection, 'tell' | 'snapshot'>;
  readonly #clock: Clock;
  readonly #opened = new Map<RoomId, number>();
  readonly #typedAt = new Map<RoomId, number>();
  /** What is typed too soon after the last sign is told when the next is due. */
  readonly #typesLater = new Map<RoomId, () => void>();
  readonly #users = new Map<UserId, number>();
  #presence: 'online' | 'away' = 'online';
  #isTelling = false;

  constructor(connection: Pick<Connection, 'tell' | 'snapshot'>, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  open(room: RoomId): void {
    this.#opened.set(room, (this.#opened.get(room) ?? 0) + 1);
    this.#tellSoon();
  }

  close(room: RoomId): void {
    const left = (this.#opened.get(room) ?? 1) - 1;
    if (left > 0) this.#opened.set(room, left);
    else this.#opened.delete(room);
    this.#tellSoon();
  }

  /** These people are on the screen, until the returned function is called. */
  follow(users: readonly UserId[]): () => void {
    const followed = new Set(users);
    for (const user of followed) this.#users.set(user, (this.#users.get(user) ?? 0) + 1);
    this.#tellSoon();
    return () => {
      for (const user of followed) {
        const left = (this.#users.get(user) ?? 1) - 1;
        if (left > 0) this.#users.set(user, left);
        else this.#users.delete(user);
      }
      followed.clear();
      this.#tellSoon();
    };
  }

  isFollowed(user: UserId): boolean {
    return this.#users.has(user);
  }

  setPresence(presence: 'online' | 'away'): void {
    if (presence === this.#presence) return;
    this.#presence = presence;
    this.#tellSoon();
  }

  /** A new line, or a line with a new room, does not know of it yet. */
  tell(): void {
    this.#tellSoon();
  }

  /** Is writing: said at most every few seconds, and only while it can be heard. */
  typing(room: RoomId): void {
    if (this.#connection.snapshot().name !== 'live') return;
    const now = this.#clock.now();
    const due = (this.#typedAt.get(room) ?? 0) + LIMITS.typingEverySeconds * 1_000;
    if (now >= due) {
      this.#typedAt.set(room, now);
      this.#connection.tell({ type: 'typing', room });
    } else if (!this.#typesLater.has(room)) {
      const later = () => {
        this.#typesLater.delete(room);
        this.typing(room);
      };
      this.#typesLater.set(room, this.#clock.after(due - now, later));
    }
  }

  /** Has sent, and types no more. */
  sent(room: RoomId): void {
    this.#typesLater.get(room)?.();
    this.#typesLater.delete(room);
  }

  clear(): void {
    this.#opened.clear();
    this.#typedAt.clear();
    for (const cancel of this.#typesLater.values()) cancel();
    this.#typesLater.clear();
    this.#users.clear();
  }

  /** Once for all that changes in one turn: a screen that changes closes one room and opens another. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      const rooms = [...this.#opened.keys()].slice(-FOLLOWED.rooms);
      // Whoever came last is looked at now.
      const users = [...this.#users.keys()].slice(-FOLLOWED.users);
      this.#connection.tell({ type: 'follow', rooms, users, presence: this.#presence });
    });
  }
}
