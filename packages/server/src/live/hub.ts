import type { Epoch, RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { FeedEvent, FeedPage } from '../store/room-feed.ts';
import { Batch, Copies } from './copies.ts';
import { Order } from './order.ts';
import { Rest } from './rest.ts';
import type { Place, Seat, Seated, SeatedAt } from './seat.ts';
import type { Ending, Turn } from './turn.ts';

/** Events held for connections that catch up. */
const KEPT = 512;

export interface HubParts {
  readonly clock: Clock;
  readonly turn: Turn;
  /** The hub does not know what comes next: events are missing, or the log has another life. */
  readonly mend: (hub: Hub) => void;
  /** A seat has to read the feed. */
  readonly catchUp: (hub: Hub, seat: Seat) => void;
  /** Somebody is in the room no more. */
  readonly onLeft?: (room: RoomId, user: UserId) => void;
}

/**
 * One room on this node: takes its events in order and hands each to the connections that have all before it. A
 * member's connections leave as the removal passes, before any later event, so nothing is looked up when it sends.
 */
export class Hub implements SeatedAt, Ending {
  readonly room: RoomId;
  readonly #parts: HubParts;
  readonly #live: Seated[] = [];
  readonly #seats = new Map<Seated, Seat>();
  /** From which seq on, for members who do not see all. */
  readonly #late = new Map<UserId, number>();
  readonly #order = new Order((event) => this.#pass(event));
  #batch: Copies[] = [];
  #planned = false;
  readonly #rest = new Rest();
  #held: Copies[] = [];
  #waiting = 0;
  /** Since when nobody is here, ms. */
  emptySince: number;

  constructor(room: RoomId, parts: HubParts) {
    this.room = room;
    this.#parts = parts;
    this.emptySince = parts.clock.now();
  }

  /** Up to where it has passed the room's events on; undefined until somebody came in. */
  get place(): Place | undefined {
    return this.#order.place;
  }

  get size(): number {
    return this.#live.length + this.#seats.size;
  }

  /** Everybody here, whether they have everything or catch up. */
  *connections(): Generator<Seated> {
    yield* this.#live;
    yield* this.#seats.keys();
  }

  fromSeqOf(user: UserId): number | undefined {
    return this.#late.get(user);
  }

  /** From which seq on a member sees, as it was read just now. */
  sees(user: UserId, fromSeq: number): void {
    if (fromSeq > 1) this.#late.set(user, fromSeq);
    else this.#late.delete(user);
  }

  /** The seats' `late` map, for whoever encodes events of this room for several. */
  get late(): ReadonlyMap<UserId, number> {
    return this.#late;
  }

  has(seat: Seat): boolean {
    return this.#seats.get(seat.connection) === seat;
  }

  /** An event as it comes from Redis: in order it passes, else it waits for the missing. */
  receive(event: FeedEvent): void {
    if (!this.#order.receive(event)) this.#parts.mend(this);
  }

  /** What was missing, as it was read. False where the log has had another life since: it is of the past. */
  receivePage(page: FeedPage): boolean {
    return this.#order.receivePage(page);
  }

  /**
   * Seats a connection whose user was a member at `at`, read after the hub was subscribed. It has everything up to
   * `cursor`; what lies between is read.
   */
  enter(connection: Seated, at: Place, cursor: number, fromSeq: number): void {
    this.settle();
    if (this.place === undefined) this.#begin(at);
    else if (this.place.epoch !== at.epoch) this.turnOver(at);
    this.sees(connection.user, fromSeq);
    connection.hubs.push(this);
    const seat: Seat = {
      connection,
      cursor,
      epoch: at.epoch,
      proven: at.rev,
      heldAfter: this.place?.rev ?? at.rev,
      state: 'reading',
    };
    this.#seats.set(connection, seat);
    if (!this.rejoin(seat)) this.#parts.catchUp(this, seat);
  }

  leave(connection: Seated): void {
    // May move the connection from the live to the seats: look for it afterwards.
    this.settle();
    const at = this.#live.indexOf(connection);
    if (at >= 0) this.#removeLive(at);
    this.#unseat(connection);
    const own = connection.hubs.indexOf(this);
    if (own >= 0) connection.hubs.splice(own, 1);
    if (this.#late.has(connection.user) && !this.#hasUser(connection.user)) this.#late.delete(connection.user);
    if (this.size === 0) this.emptySince = this.#parts.clock.now();
  }

  /** Puts a seat that has read up to the head among those who get what comes; false if it has to read more. */
  rejoin(seat: Seat): boolean {
    this.settle();
    const place = this.place;
    if (place === undefined || place.epoch !== seat.epoch) return false;
    if (seat.cursor > place.rev) {
      if (seat.state !== 'waiting') this.#waiting += 1;
      seat.state = 'waiting';
      return true;
    }
    if (seat.cursor < place.rev && !this.#giveHeld(seat)) return false;
    if (!this.has(seat)) return true;
    this.#unseat(seat.connection);
    this.#live.push(seat.connection);
    return true;
  }

  /**
   * The log has another life, or events are missing that nobody can read for all: the hub goes on from `at`, and
   * everybody here reads the feed, and shows the right to be here, on their own.
   */
  turnOver(at: Place): void {
    this.settle();
    const { place } = this;
    if (place === undefined || (place.epoch === at.epoch && place.rev >= at.rev)) return;
    // It moves with the order: where it stood is what those here have.
    const before = { ...place };
    this.#order.turnOver(at);
    this.#held = [];
    for (const seat of this.#seats.values()) if (seat.state === 'waiting') this.#read(seat);
    for (const connection of this.#live.splice(0)) this.#fallBehind(connection, before.rev, before.epoch);
    this.#order.goOn();
  }

  /** Nobody is here for whom its place would matter: the next who comes says where to begin. */
  forget(): void {
    if (this.size > 0) return;
    this.#order.forget();
  }

  /** Whether events wait here for others that are missing. */
  get hasGap(): boolean {
    return this.#order.hasGap;
  }

  /** Hands what has passed to the writers: at the end of each turn, and before anybody comes or goes. */
  settle(): void {
    if (this.#batch.length === 0) return;
    const now = this.#parts.clock.now();
    const batch = new Batch(this.#batch, this.#late, now);
    this.#batch = [];
    this.#rest.wrote(this.#live.length, now);
    const epoch = this.place?.epoch;
    for (let at = this.#live.length - 1; at >= 0; at -= 1) {
      const connection = this.#live[at];
      if (connection === undefined || connection.writer.offer(batch.parcelFor(connection.user))) continue;
      // Its writer is full: it keeps its place and reads the feed from there once it has room.
      this.#removeLive(at);
      if (epoch !== undefined) this.#fallBehind(connection, batch.first - 1, epoch);
    }
  }

  endTurn(): void {
    this.#planned = false;
    this.settle();
  }

  #begin(at: Place): void {
    this.#order.begin(at);
    this.#order.goOn();
    if (this.#order.hasGap) this.#parts.mend(this);
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    const wait = this.#rest.left(this.#parts.clock.now());
    if (wait === 0) this.#parts.turn.hub(this);
    else setTimeout(() => this.#parts.turn.hub(this), wait);
  }

  #pass(event: FeedEvent): void {
    if (this.size === 0) return;
    const copies = new Copies(event);
    if (this.#live.length > 0) {
      this.#batch.push(copies);
      this.#plan();
    }
    if (this.#seats.size > 0) {
      if (this.#held.length >= KEPT) this.#held = [];
      this.#held.push(copies);
    } else if (this.#held.length > 0) this.#held = [];
    if (event.event.kind === 'member.left') {
      this.#dismiss(event.event.user);
      this.#parts.onLeft?.(this.room, event.event.user);
    }
    if (this.#waiting > 0) this.#admitWaiting(event.rev);
  }

  /** The removal itself is the last thing its member gets. */
  #dismiss(user: UserId): void {
    this.settle();
    for (const connection of this.#live.filter((each) => each.user === user)) this.leave(connection);
  }

  #admitWaiting(rev: number): void {
    for (const seat of Array.from(this.#seats.values())) {
      if (seat.state === 'waiting' && seat.cursor === rev) this.rejoin(seat);
    }
  }

  /** Gives a seat what passed since its read was asked for; false if that is no longer all here. */
  #giveHeld(seat: Seat): boolean {
    const from = this.#held.findIndex((each) => each.feed.rev === seat.cursor + 1);
    if (from < 0 || seat.cursor < seat.heldAfter) return false;
    const { connection, proven } = seat;
    let copies = this.#held.slice(from);
    const end = copies.findIndex((each) => each.feed.rev > proven && each.endsMembershipOf(connection.user));
    if (end >= 0) copies = copies.slice(0, end + 1);
    const batch = new Batch(copies, this.#late, this.#parts.clock.now());
    if (!connection.writer.offer(batch.parcelFor(connection.user))) return false;
    seat.cursor = batch.last;
    if (end >= 0) this.leave(connection);
    return true;
  }

  #fallBehind(connection: Seated, cursor: number, epoch: Epoch): void {
    const heldAfter = this.place?.rev ?? cursor;
    const seat: Seat = { connection, cursor, epoch, proven: cursor, heldAfter, state: 'reading' };
    this.#seats.set(connection, seat);
    this.#parts.catchUp(this, seat);
  }

  #read(seat: Seat): void {
    this.#waiting -= 1;
    seat.state = 'reading';
    this.#parts.catchUp(this, seat);
  }

  #unseat(connection: Seated): void {
    const seat = this.#seats.get(connection);
    if (seat === undefined) return;
    if (seat.state === 'waiting') this.#waiting -= 1;
    this.#seats.delete(connection);
  }

  #removeLive(at: number): void {
    const last = this.#live.pop();
    if (last !== undefined && at < this.#live.length) this.#live[at] = last;
  }

  #hasUser(user: UserId): boolean {
    for (const connection of this.connections()) if (connection.user === user) return true;
    return false;
  }
}
