import type { Client } from '@rill/client';
import type { Room, RoomId, UserId } from '@rill/protocol';
import { forget, keep, readKept } from '../platform/storage.ts';

const PREFIX = 'rill:last:';

/** Whether a room stands in the list: what was put aside is there again with the next message. */
export const isListed = ({ seq, listedFrom = 0 }: Room): boolean => seq >= listedFrom;

/** The room that was looked at last in this browser, if it is known and stands in the list. */
export function lastRoom(user: UserId, client: Client): RoomId | undefined {
  // Whatever is kept there: only the id of a room that is known finds one.
  const room = client.rooms.get(readKept(PREFIX + user) as RoomId);
  return room !== undefined && isListed(room) ? room.id : undefined;
}

export function keepLastRoom(user: UserId, room: RoomId): void {
  keep(PREFIX + user, room);
}

/** At sign-out, and when it was put aside. */
export function forgetLastRoom(): void {
  forget(PREFIX);
}
