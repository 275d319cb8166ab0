import type { AckFrame, ReadFrame } from '@rill/protocol';
import type { Rooms } from '../../domain/rooms.ts';
import type { Who } from '../../domain/who.ts';

/** Has read up to a message; the user's other devices learn it over the user's own line. */
export async function read(rooms: Rooms, who: Who, frame: ReadFrame): Promise<Partial<AckFrame>> {
  return rooms.read(who, frame.room, frame.seq);
}
