import type { RoomId, UserId } from '@rill/protocol';
import type { FeedPage, RoomFeed } from '../store/room-feed.ts';
import { Batch, Copies } from './copies.ts';
import { Limiter } from './limiter.ts';
import type { Place } from './seat.ts';

/** Reads of feeds that run at once on this node. */
const AT_ONCE = 64;
/** Frames, and characters, that leave as one parcel: a writer is asked between parcels whether it has room. */
const PARCEL_FRAMES = 64;
const PARCEL_LENGTH = 65_536;

/** What a read gave: the events in parcels that are encoded once for all who read the same. */
export interface SharedPage {
  readonly batches: readonly Batch[];
  /** The head when it was read. */
  readonly rev: number;
  readonly epoch: Place['epoch'];
}

export type ReadReply = SharedPage | 'resync' | 'no_room';

interface Asker {
  readonly user: UserId;
  readonly answer: (reply: ReadReply) => void;
  readonly fail: (error: unknown) => void;
}

/** Reads of the feed, one for all connections that ask for the same at the same time. */
export interface FeedReads {
  /** `fromSeq` of a member who does not see all: that one reads alone. */
  after(user: UserId, room: RoomId, cursor: Place, fromSeq: number | undefined): Promise<ReadReply>;
}

/** `now` is the server's clock. */
export function createFeedReads(feed: RoomFeed, limit: number, now: () => number): FeedReads {
  const limiter = new Limiter(AT_ONCE);
  const asking = new Map<string, Asker[]>();

  /**
   * Answers everybody who asked before the read was sent, and reads again for those who came later: who begins after
   * a recall was acknowledged must not be given what was read before it.
   */
  async function serve(key: string, room: RoomId, cursor: Place, fromSeq: number | undefined): Promise<void> {
    for (;;) {
      const askers = asking.get(key) ?? [];
      const first = askers[0];
      if (first === undefined) break;
      await limiter.run(async () => {
        const served = askers.splice(0);
        try {
          const page = await feed.after(first.user, room, cursor, limit);
          if (page === 'no_room') {
            // Says something of the one in whose name it was read, and nothing of the others.
            first.answer(page);
            askers.unshift(...served.slice(1));
            return;
          }
          const reply = page === 'resync' ? page : shared(page, first.user, fromSeq, now());
          for (const asker of served) asker.answer(reply);
        } catch (error) {
          for (const asker of served) asker.fail(error);
        }
      });
    }
    asking.delete(key);
  }

  return {
    after(user, room, cursor, fromSeq) {
      const key = `${room} ${cursor.rev} ${cursor.epoch} ${fromSeq === undefined ? '' : user}`;
      return new Promise((answer, fail) => {
        const asker = { user, answer, fail };
        const others = asking.get(key);
        if (others !== undefined) {
          others.push(asker);
          return;
        }
        asking.set(key, [asker]);
        // Whoever asks in this turn shares the read.
        setImmediate(() => void serve(key, room, cursor, fromSeq));
      });
    },
  };
}

function shared(page: FeedPage, user: UserId, fromSeq: number | undefined, now: number): SharedPage {
  const late = new Map(fromSeq === undefined ? [] : [[user, fromSeq] as const]);
  const batches: Batch[] = [];
  let some: Copies[] = [];
  let length = 0;
  for (const event of page.events) {
    const copies = new Copies(event);
    some.push(copies);
    length += copies.plain.length;
    if (some.length < PARCEL_FRAMES && length < PARCEL_LENGTH) continue;
    batches.push(new Batch(some, late, now));
    some = [];
    length = 0;
  }
  if (some.length > 0) batches.push(new Batch(some, late, now));
  return { batches, rev: page.rev, epoch: page.epoch };
}
