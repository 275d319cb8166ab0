import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../domain/refusal.ts';
import type { Rooms } from '../domain/rooms.ts';
import { Batch } from './copies.ts';
import type { FeedReads, SharedPage } from './feed-reads.ts';
import type { Hub } from './hub.ts';
import { parcelOf } from './parcel.ts';
import type { Place, Seat, Seated } from './seat.ts';

/** Waits after a read that failed: Redis is away and comes back. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

export interface CatchUpParts {
  readonly rooms: Rooms;
  readonly reads: FeedReads;
  /** Something broke that nobody foresaw. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Reads for each seat what its connection does not have, a page at each drain of its socket, until it stands where
 * its hub stands. A connection's rooms take turns; of what a page holds nothing is kept while the socket is full.
 */
export function createCatchUp(parts: CatchUpParts): (hub: Hub, seat: Seat) => void {
  const hubOf = new WeakMap<Seat, Hub>();

  async function run(connection: Seated, behind: Seat[]): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const seat = behind[0];
      if (seat === undefined || connection.closed) break;
      await connection.writer.drained();
      if (connection.closed) break;
      try {
        const done = await step(seat);
        behind.shift();
        if (!done) behind.push(seat);
        wait = FIRST_WAIT_MS;
      } catch (error) {
        if (!(error instanceof Refusal)) parts.onFault(error);
        await sleep(wait, undefined, { ref: false });
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    connection.behind = undefined;
  }

  /** One read for one seat; true when it needs no more. */
  async function step(seat: Seat): Promise<boolean> {
    const hub = hubOf.get(seat);
    const { connection } = seat;
    if (hub === undefined || !hub.has(seat)) return true;
    if (hub.place?.epoch !== seat.epoch) return anew(hub, seat);
    seat.heldAfter = hub.place.rev;
    const cursor = { rev: seat.cursor, epoch: seat.epoch };
    const page = await parts.reads.after(connection.user, hub.room, cursor, hub.fromSeqOf(connection.user));
    if (connection.closed || !hub.has(seat)) return true;
    if (page === 'no_room') {
      hub.leave(connection);
      return true;
    }
    if (page === 'resync' || page.epoch !== seat.epoch || hub.place?.epoch !== seat.epoch) return anew(hub, seat);
    return give(hub, seat, page);
  }

  function give(hub: Hub, seat: Seat, page: SharedPage): boolean | Promise<boolean> {
    const { connection } = seat;
    for (const batch of page.batches) {
      if (batch.first !== seat.cursor + 1) return anew(hub, seat);
      const own = upToRemoval(batch, seat, hub);
      if (!connection.writer.offer(own.parcelFor(connection.user))) return false;
      seat.cursor = own.last;
      if (own !== batch) {
        // The page was read in somebody else's name: what comes later is no longer this connection's.
        hub.leave(connection);
        return true;
      }
    }
    // The same life of the log never goes back, and a page never ends before the head without events.
    if (page.rev < seat.cursor || (page.batches.length === 0 && page.rev > seat.cursor)) return anew(hub, seat);
    return seat.cursor >= page.rev && hub.rejoin(seat);
  }

  /** The events cannot be replayed: says so, from a place that is read together with the right to be here. */
  async function anew(hub: Hub, seat: Seat): Promise<boolean> {
    const { connection } = seat;
    seat.heldAfter = hub.place?.rev ?? 0;
    const at = await parts.rooms.one(connection.who, hub.room).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'not_found') return undefined;
      throw error;
    });
    if (connection.closed || !hub.has(seat)) return true;
    if (at === undefined) {
      hub.leave(connection);
      return true;
    }
    if (hub.place?.epoch !== at.epoch) {
      hub.turnOver(at);
      seat.heldAfter = at.rev;
    }
    hub.sees(connection.user, at.fromSeq);
    connection.writer.push(resync(hub, at));
    seat.cursor = at.rev;
    seat.epoch = at.epoch;
    seat.proven = at.rev;
    return hub.rejoin(seat);
  }

  return (hub, seat) => {
    hubOf.set(seat, hub);
    const { connection } = seat;
    if (connection.behind !== undefined) connection.behind.push(seat);
    else {
      connection.behind = [seat];
      void run(connection, connection.behind);
    }
  };
}

/** The batch itself, or what of it the connection may still have if its removal is in it. */
function upToRemoval(batch: Batch, { connection, proven }: Seat, hub: Hub): Batch {
  const end = batch.copies.findIndex((each) => each.feed.rev > proven && each.endsMembershipOf(connection.user));
  return end < 0 ? batch : new Batch(batch.copies.slice(0, end + 1), hub.late, batch.now);
}

function resync(hub: Hub, { rev, epoch }: Place) {
  return parcelOf({ type: 'resync', room: hub.room, rev, epoch });
}
