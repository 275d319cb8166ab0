import type { RoomId, ServerRole, SessionId, UserId } from '@rill/protocol';
import type { Authenticated } from '../domain/sessions.ts';
import type { Who } from '../domain/who.ts';
import type { Parcel } from './parcel.ts';
import type { Person } from './person.ts';
import type { Seat, Seated, SeatedAt } from './seat.ts';
import type { Told } from './told.ts';
import type { Writer } from './writer.ts';

/** What a signed-in connection asks of the socket under it. */
export interface Ground {
  readonly writer: Writer;
  readonly isClosed: () => boolean;
  readonly close: (name: 'signed_out' | 'stale') => void;
  /** The user is in this room no more: if the hub has not said so soon, the seat is taken away. */
  readonly onGone: (signed: Signed, room: RoomId) => void;
}

/** A connection that has said who it is: its rooms, its user's line, and how long its session lasts. */
export class Signed implements Seated {
  readonly token: string;
  readonly writer: Writer;
  readonly hubs: SeatedAt[] = [];
  behind: Seat[] | undefined;
  /** When its session ends unless it was used meanwhile, ms. */
  expiresAt: number;
  person: Person | undefined;
  readonly #ground: Ground;
  #who: Who;
  /** Up to where it has its user's line; undefined until it was welcomed. */
  #rev: number | undefined;
  #untold: Told[] | undefined;

  constructor(token: string, { who, expiresAt }: Authenticated, ground: Ground) {
    this.token = token;
    this.#who = who;
    this.expiresAt = expiresAt;
    this.writer = ground.writer;
    this.#ground = ground;
  }

  get who(): Who {
    return this.#who;
  }

  get user(): UserId {
    return this.#who.user;
  }

  get session(): SessionId {
    return this.#who.session;
  }

  get closed(): boolean {
    return this.#ground.isClosed();
  }

  close(name: 'signed_out' | 'stale'): void {
    this.#ground.close(name);
  }

  /** It has the user's line up to `rev`; what came while that was being read follows. */
  welcomed(rev: number, welcome: Parcel): void {
    this.writer.push(welcome);
    this.#rev = rev;
    const untold = this.#untold ?? [];
    this.#untold = undefined;
    for (const told of untold) this.tell(told);
  }

  tell(told: Told): void {
    if (this.closed) return;
    if (this.#rev === undefined) {
      this.#untold ??= [];
      this.#untold.push(told);
      return;
    }
    if (told.rev <= this.#rev) return;
    this.#rev = told.rev;
    if (told.role !== undefined) this.acts(told.role);
    // Before it is said: nothing of a room comes after its end, also where the hub still waits for what it missed.
    if (told.gone !== undefined) this.#ground.onGone(this, told.gone);
    // Who was in the room already first gets what the hub has gathered: after the room as it is now it would be doubled.
    told.added?.hub.leave(this);
    this.writer.push(told.parcel);
    if (told.added !== undefined) {
      const { hub, room } = told.added;
      hub.enter(this, room, room.rev, room.fromSeq);
    }
  }

  /** Its user's role on the server is another now. */
  acts(role: ServerRole): void {
    if (role !== this.#who.role) this.#who = { ...this.#who, role };
  }

  /** Leaves its rooms. */
  leaveRooms(): void {
    for (const hub of this.hubs.slice()) hub.leave(this);
  }
}
