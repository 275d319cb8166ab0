import type { Epoch, Nonce, RoomEvent, RoomId, UserId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import { PARTITIONS, partitionOf, roomKey } from './keys.ts';
import type { RedisDoor } from './redis.ts';
import { field } from './replies.ts';
import type { RoomCalls } from './room-calls.ts';
import { eventOf } from './rows.ts';

/**
 * An event as an ordinary member sees it. What depends on who looks (`recallUntil`, `nonce`, hidden and unseen
 * messages) stands beside it: `seenBy` of domain/sight.ts makes one member's copy.
 */
export interface FeedEvent {
  readonly room: RoomId;
  readonly rev: number;
  readonly epoch: Epoch;
  readonly event: RoomEvent;
  /** The message it is about. */
  readonly seq?: number;
  /** Of that message. */
  readonly author?: UserId;
  /** Under which the author sent it; told to nobody else. */
  readonly nonce?: Nonce;
  /** Until when the author may recall that message, ms; absent when it cannot be recalled. */
  readonly recallUntil?: number;
  /** Who has hidden that message from themselves. */
  readonly hiddenFor?: readonly UserId[];
}

/** A place in a room's feed; without an epoch it is taken to be of the present one. */
export interface FeedCursor {
  readonly rev: number;
  readonly epoch?: Epoch;
}

/** Events after a cursor without a hole; `rev` is the head, which may lie further on than the last event given. */
export interface FeedPage {
  readonly events: readonly FeedEvent[];
  readonly rev: number;
  readonly epoch: Epoch;
  /** The first message the asking user may see. */
  readonly fromSeq: number;
}

/** What is new since the given ticks: `rooms` that had an event since, with their heads. */
export interface FeedTicks {
  /** By partition, 256 of them. */
  readonly ticks: readonly number[];
  /** The life of a room's log now, also where nothing is new; undefined where its partition has no log. */
  readonly epochOf: (room: RoomId) => Epoch | undefined;
  readonly rooms: readonly { readonly room: RoomId; readonly rev: number; readonly epoch: Epoch }[];
}

/** A room's events: as they happen, and after a cursor. */
export interface RoomFeed {
  /** Resolves when Redis has confirmed; the events of one room arrive in the order of rev, but holes are possible. */
  subscribe(room: RoomId, listener: (event: FeedEvent) => void): Promise<() => Promise<void>>;
  /** Events after a cursor with the messages as they are now; never before the user's joining. */
  after(user: UserId, room: RoomId, cursor: FeedCursor, limit: number): Promise<FeedPage | 'resync' | 'no_room'>;
  /** The position check: give back the `ticks` of the answer before; an empty array asks only for the ticks. */
  ticks(since: readonly number[]): Promise<FeedTicks>;
}

const FEED_HEAD = 4;
const ROOMS_AT_ONCE = 1_000;

export function createRoomFeed({ redis, calls }: { redis: RedisDoor; calls: RoomCalls }): RoomFeed {
  /** All that is new in one partition since its tick. */
  async function tick(
    partition: number,
    since: number | undefined,
    rooms: { room: RoomId; rev: number; epoch: Epoch }[],
  ): Promise<{ upTo: number; epoch: Epoch }> {
    let from = since;
    for (;;) {
      const reply = await calls.readPartition('partition_ticks', partition, [from ?? '', ROOMS_AT_ONCE]);
      const epoch = field(reply, 1) as Epoch;
      const upTo = Number(field(reply, 2));
      for (let at = 3; at < reply.length; at += 2) {
        // Our own functions wrote the ids.
        rooms.push({ room: field(reply, at) as RoomId, rev: Number(field(reply, at + 1)), epoch });
      }
      if (reply.length < 3 + ROOMS_AT_ONCE * 2) return { upTo, epoch };
      from = upTo;
    }
  }

  return {
    subscribe: (room, listener) => redis.subscribe(roomKey(room), (payload) => listener(eventOf(room, payload))),
    async after(user, room, { rev, epoch }, limit) {
      let reply: string[];
      try {
        reply = await calls.read('room_events', room, [user, rev, epoch ?? '', limit]);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'not_found') return 'no_room';
        throw error;
      }
      if (reply[0] === 'resync') return 'resync';
      return {
        events: reply.slice(FEED_HEAD).map((row) => eventOf(room, row)),
        rev: Number(field(reply, 2)),
        epoch: field(reply, 1) as Epoch,
        fromSeq: Number(field(reply, 3)),
      };
    },
    async ticks(since) {
      const rooms: { room: RoomId; rev: number; epoch: Epoch }[] = [];
      const now = await Promise.all(Array.from({ length: PARTITIONS }, (_, at) => tick(at, since[at], rooms)));
      return {
        ticks: now.map(({ upTo }) => upTo),
        epochOf: (room) => now[partitionOf(room)]?.epoch || undefined,
        rooms,
      };
    },
  };
}
