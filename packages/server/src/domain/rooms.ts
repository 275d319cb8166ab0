import type { OpenRooms, ReadMark, Room, RoomBody, RoomChange, RoomId, RoomsQuery } from '@rill/protocol';
import type { Who } from './who.ts';

/** Rooms as their members see them. Whoever is no member is told `not_found`. */
export interface Rooms {
  /** `made` is false where a direct room of the same people was there already. */
  create(who: Who, body: RoomBody): Promise<{ room: Room; made: boolean }>;
  /** The caller's rooms, latest activity first. */
  list(who: Who): Promise<Room[]>;
  /** Open rooms, by name, whether the caller is in them or not. */
  open(who: Who, query: RoomsQuery): Promise<OpenRooms>;
  one(who: Who, room: RoomId): Promise<Room>;
  change(who: Who, room: RoomId, change: RoomChange): Promise<Room>;
  /** Has read up to `seq`; a mark never goes back. */
  read(who: Who, room: RoomId, seq: number): Promise<ReadMark>;
}
