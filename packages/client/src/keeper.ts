import type { Me, Room, RoomId, User, UserId } from '@rill/protocol';
import type { Clock } from './clock.ts';
import type { KeptTail, Store } from './store.ts';

export interface KeeperDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, 'save' | 'clear'>;
  /** Whoever is signed in, and how far the user's own line was heard. */
  readonly me: () => Me | undefined;
  /** A room as it is now, and its newest messages where they are loaded. */
  readonly room: (id: RoomId) => { readonly room: Room | undefined; readonly tail: KeptTail | undefined };
}

const AFTER_MS = 400;

/** Writes what changed to the device, a moment later and many at once. A device that cannot keep it does no harm. */
export class Keeper {
  readonly #deps: KeeperDeps;
  readonly #rooms = new Set<RoomId>();
  readonly #users = new Map<string, User>();
  #cancel: (() => void) | undefined;
  #isClosed = false;
  /** How often everything was forgotten. */
  #turn = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  room(id: RoomId): void {
    this.#rooms.add(id);
    this.#soon();
  }

  users(users: readonly User[]): void {
    for (const user of users) this.#users.set(user.id, user);
    this.#soon();
  }

  /** Who is signed in, or how far the user's own line was heard. */
  me(): void {
    this.#soon();
  }

  /** Writes now what waits; resolves when it is written. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const { store } = this.#deps;
    const rooms = [...this.#rooms].map((id) => ({ id, ...this.#deps.room(id) }));
    const users = [...this.#users.values()];
    const me = this.#deps.me();
    const turn = this.#turn;
    this.#forgetDirty();
    const put = rooms.flatMap(({ room }) => (room === undefined ? [] : [room]));
    const gone = rooms.filter(({ room }) => room === undefined).map(({ id }) => id);
    const tails = rooms.flatMap(({ tail }) => (tail === undefined ? [] : [tail]));
    // A tail that is not known to be true any more must not stay: it may hold what was recalled since.
    const tailless = rooms.filter(({ tail }) => tail === undefined).map(({ id }) => id);
    const changes = { me, rooms: put, gone, tails, tailless, users };
    this.#writing = this.#writing
      .then(() => store.save(changes))
      .catch(() => {
        if (turn !== this.#turn) return;
        // With the next one, which says that all up to then was heard.
        for (const { id } of rooms) this.#rooms.add(id);
        for (const user of users) if (!this.#users.has(user.id)) this.#users.set(user.id, user);
      });
    return this.#writing;
  }

  /** Writes what waits, and nothing after it. */
  close(): Promise<void> {
    const written = this.flush();
    this.#isClosed = true;
    return written;
  }

  /** What the device kept of a user is forgotten; with nobody named, everything. */
  clear(user: UserId | undefined): Promise<void> {
    this.#turn += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#forgetDirty();
    this.#writing = this.#writing.then(() => this.#deps.store.clear(user)).catch(() => {});
    return this.#writing;
  }

  #forgetDirty(): void {
    this.#rooms.clear();
    this.#users.clear();
  }

  #soon(): void {
    if (this.#isClosed) return;
    this.#cancel ??= this.#deps.clock.after(AFTER_MS, () => void this.flush());
  }
}
