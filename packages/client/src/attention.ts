import type { RoomId, UserId } from '@rill/protocol';
import { LIMITS } from '@rill/protocol/limits';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';

const ROOMS = 20;
const USERS = 200;

/** What is on the screen, told to the server so that only signals that somebody sees come. */
export class Attention {
  readonly #connection: Pick<Connection, 'tell' | 'snapshot'>;
  readonly #clock: Clock;
  readonly #opened = new Map<RoomId, number>();
  readonly #typedAt = new Map<RoomId, number>();
  #users: readonly UserId[] = [];
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

  follow(users: readonly UserId[]): void {
    this.#users = [...new Set(users)].slice(0, USERS);
    this.#tellSoon();
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
    if (now - (this.#typedAt.get(room) ?? 0) < LIMITS.typingEverySeconds * 1_000) return;
    this.#typedAt.set(room, now);
    this.#connection.tell({ type: 'typing', room });
  }

  /** Has sent: the next key is news again. */
  sent(room: RoomId): void {
    this.#typedAt.delete(room);
  }

  clear(): void {
    this.#opened.clear();
    this.#typedAt.clear();
    this.#users = [];
  }

  /** Once for all that changes in one turn: a screen that changes closes one room and opens another. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      const rooms = [...this.#opened.keys()].slice(-ROOMS);
      this.#connection.tell({ type: 'follow', rooms, users: [...this.#users], presence: this.#presence });
    });
  }
}
