import type { AckFrame, FollowFrame } from '@rill/protocol';
import { isIn, type Seated } from '../seat.ts';
import type { Signals } from '../signals.ts';

/** What is on the connection's screen. Rooms it is not in are passed over: their signals are not for it. */
export async function follow(signals: Signals, connection: Seated, frame: FollowFrame): Promise<Partial<AckFrame>> {
  const rooms = frame.rooms.filter((room) => isIn(connection, room));
  await signals.follow(connection, { rooms, users: frame.users, presence: frame.presence });
  return {};
}
