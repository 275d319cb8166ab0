import type { OpenRoom, OpenRooms, Room, RoomBody, RoomId, RoomsQuery, UserId } from '@rill/protocol';
import type { Living } from './living.ts';

/** loading: nothing yet · kept: from the device · fresh: as the server said. `list`: latest activity first. */
export interface RoomsState {
  readonly name: 'loading' | 'kept' | 'fresh';
  readonly list: readonly Room[];
  /** Unread messages of all rooms that are not silenced (involvement `nothing`). */
  readonly unread: number;
}

/** The user's rooms. The calls fail with RillError. */
export interface LiveRooms extends Living<RoomsState> {
  get(id: RoomId): Room | undefined;
  /** What could not be made for certain (`retry`) is the same room when it is asked for again in the same words. */
  create(body: RoomBody): Promise<Room>;
  /** The direct room with these people; the one there is, or a new one. */
  direct(users: readonly UserId[]): Promise<Room>;
  /** Rooms one may join. */
  open(query?: Omit<RoomsQuery, 'scope'>): Promise<OpenRooms>;
  /** One of them, by its id. */
  card(id: RoomId): Promise<OpenRoom>;
  join(id: RoomId): Promise<Room>;
  leave(id: RoomId): Promise<void>;
}
