import type { RoomId, UserId } from '@rill/protocol';
import type { RoomStore } from '../store/rooms.ts';
import type { UserLine } from '../store/user-line.ts';
import { Refusal } from './refusal.ts';

/** The index of each user's rooms, which holds more than the truth at times, and never less. */
export interface RoomIndex {
  /** Whether the user is in the room, by the room itself. */
  isIn(user: UserId, room: RoomId): Promise<boolean>;
  /** Forgets a room that the user is not in. */
  forget(user: UserId, room: RoomId): Promise<void>;
}

export function createRoomIndex({ store, line }: { store: RoomStore; line: UserLine }): RoomIndex {
  async function isIn(user: UserId, room: RoomId): Promise<boolean> {
    try {
      await store.read(user, room);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return false;
      throw error;
    }
  }

  return {
    isIn,
    async forget(user, room) {
      await line.dropRoom(user, room);
      // Who was let in meanwhile was noted before this was dropped. Who is let in from here on is noted once more after.
      if (await isIn(user, room)) await line.holdRoom(user, room);
    },
  };
}
