import { type Static, Type } from 'typebox';
import { RoomIdSchema, UserIdSchema } from '../ids.ts';
import { up } from './base.ts';

/** Is writing in a room: sent at most every 3 s. */
export const TypingFrameSchema = up('typing', { room: RoomIdSchema });
export type TypingFrame = Static<typeof TypingFrameSchema>;

/**
 * What is on this connection's screen, replacing what was: signals come only for these rooms and people.
 * `presence` says whether the person is here.
 */
export const FollowFrameSchema = up('follow', {
  rooms: Type.Array(RoomIdSchema, { maxItems: 20, uniqueItems: true }),
  users: Type.Array(UserIdSchema, { maxItems: 200, uniqueItems: true }),
  presence: Type.Enum(['online', 'away']),
});
export type FollowFrame = Static<typeof FollowFrameSchema>;

/** Asks whether the line is alive, where a client cannot see protocol pings. Ack: nothing more. */
export const PingFrameSchema = up('ping', {});
export type PingFrame = Static<typeof PingFrameSchema>;
