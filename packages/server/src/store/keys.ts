import { ROOM_ID_PATTERN, type RoomId } from '@rill/protocol';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

/** How many partitions there are: the first two hex digits of a room's id name its own. */
export const PARTITIONS = 256;

/**
 * A room's first key, which is also its channel. All keys of a room begin with it; they and those of its partition are
 * one slot, so one function changes them all at once.
 */
export function roomKey(room: RoomId): string {
  if (!ROOM_ID.test(room)) throw new RangeError('not the id of a room');
  return `{p${room.slice(0, 2)}}:room:${room}`;
}

export function partitionKey(partition: number): string {
  if (!Number.isInteger(partition) || partition < 0 || partition >= PARTITIONS)
    throw new RangeError('no such partition');
  return `{p${partition.toString(16).padStart(2, '0')}}:partition`;
}

/** The partition a room is in. */
export function partitionOf(room: RoomId): number {
  return Number.parseInt(room.slice(0, 2), 16);
}

/** The index of open rooms: a superset of the truth, which each room holds itself. */
export const OPEN_ROOMS = '{server}:open';
