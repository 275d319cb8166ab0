import type { Epoch, RoomId, UserId } from '@rill/protocol';
import type { Who } from '../domain/who.ts';
import type { Writer } from './writer.ts';

/** A place in a room's feed, as the store and the wire give it. */
export interface Place {
  readonly rev: number;
  readonly epoch: Epoch;
}

/** A connection as its rooms see it: somebody who is signed in and reads. */
export interface Seated {
  readonly user: UserId;
  readonly who: Who;
  readonly writer: Writer;
  /** The hubs of its rooms. Shared objects in an array: what a socket costs most is memory. */
  readonly hubs: SeatedAt[];
  /** Its seats that have to read the feed; undefined while there are none. */
  behind: Seat[] | undefined;
  readonly closed: boolean;
}

/** Whether a connection is in a room now. */
export function isIn(connection: Pick<Seated, 'hubs'>, room: RoomId): boolean {
  return connection.hubs.some((hub) => hub.room === room);
}

/** What a connection knows of a hub. */
export interface SeatedAt {
  readonly room: RoomId;
  leave(connection: Seated): void;
}

/** A connection that does not have all of a room's events yet. Once it has, it needs no seat. */
export interface Seat {
  readonly connection: Seated;
  /** Up to where the connection has the events. */
  cursor: number;
  /** The life of the log its cursor belongs to. */
  epoch: Epoch;
  /** At this rev it was certainly a member: only a removal later than that ends its seat. */
  proven: number;
  /** Where the hub stood when its last read was asked for: what passed later may be given from what the hub holds. */
  heldAfter: number;
  /** reading: from the feed; waiting: it is ahead of the hub, which will come by. */
  state: 'reading' | 'waiting';
}
