import type { FollowFrame, RoomId } from '@rill/protocol';
import type { Seated } from './seat.ts';

/** What is told and not kept, to those who have the room or the person on screen. */
export interface Signals {
  /** Is writing in a room it is in. */
  typing(connection: Seated, room: RoomId): Promise<void>;
  /** What is on this connection's screen from now on, and whether the person is here. */
  follow(connection: Seated, frame: Pick<FollowFrame, 'rooms' | 'users' | 'presence'>): Promise<void>;
  leave(connection: Seated): void;
}

/** No signals: what a server without them hands over. */
export const silent: Signals = {
  async typing() {},
  async follow() {},
  leave() {},
};
