import type { Presence, RoomId, UserId } from '@rill/protocol';
import { type Parcel, parcelOf } from './parcel.ts';
import { isIn, type Seated } from './seat.ts';

/** What is known of one user, as those who follow get it. */
interface Shown {
  readonly presence: Presence;
  readonly lastSeenAt: string | undefined;
  readonly parcel: Parcel;
}

interface Follower {
  /** A room that both are in: by what right it follows. */
  readonly room: RoomId;
  told: Shown | undefined;
}

/** One user whom connections of this node have on screen: what the nodes say of it, and whom that is told. */
export class Watch {
  readonly user: UserId;
  readonly #followers = new Map<Seated, Follower>();
  readonly #seen = new Map<string, { readonly is: Presence; readonly at: number }>();
  #shown: Shown | undefined;

  constructor(user: UserId) {
    this.user = user;
  }

  get size(): number {
    return this.#followers.size;
  }

  get shown(): Presence | undefined {
    return this.#shown?.presence;
  }

  /** By what right each follows. */
  *followers(): Generator<readonly [Seated, RoomId]> {
    for (const [connection, { room }] of this.#followers) yield [connection, room];
  }

  has(connection: Seated): boolean {
    return this.#followers.has(connection);
  }

  follow(connection: Seated, room: RoomId): void {
    const told = this.#followers.get(connection)?.told;
    this.#followers.set(connection, { room, told });
  }

  unfollow(connection: Seated): void {
    this.#followers.delete(connection);
  }

  see(node: string, is: Presence, at: number): void {
    if (is === 'offline') this.#seen.delete(node);
    else this.#seen.set(node, { is, at });
  }

  /** Forgets what nodes said so long ago that they may be gone. Answers where the user is by all that is known. */
  presence(since: number): Presence {
    let presence: Presence = 'offline';
    for (const [node, { is, at }] of this.#seen) {
      if (at < since) this.#seen.delete(node);
      else if (presence !== 'online') presence = is;
    }
    return presence;
  }

  show(presence: Presence, lastSeen: number | undefined): void {
    const lastSeenAt = lastSeen === undefined ? undefined : new Date(lastSeen).toISOString();
    if (this.#shown?.presence === presence && this.#shown.lastSeenAt === lastSeenAt) return;
    const signal = { kind: 'presence', user: this.user, presence, lastSeenAt };
    this.#shown = { presence, lastSeenAt, parcel: parcelOf({ type: 'signal', signal }) };
  }

  /** Tells those who do not have it and are still where they may know it. */
  tell(): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    for (const [connection, follower] of this.#followers) {
      if (follower.told === shown || !isIn(connection, follower.room)) continue;
      if (connection.writer.signal(shown.parcel)) follower.told = shown;
    }
  }
}
