import { RoomIdSchema, SeqSchema, type UserId, UserIdSchema } from '@rill/protocol';
import { type Static, Type } from 'typebox';
import type { Who } from '../domain/who.ts';

const CLOSED = { additionalProperties: false } as const;

export const RoomParams = Type.Object({ room: RoomIdSchema }, CLOSED);
export const MessageParams = Type.Object({ room: RoomIdSchema, seq: SeqSchema }, CLOSED);

const UserOrMeSchema = Type.Union([Type.Literal('me'), UserIdSchema], {
  description: 'A user, or `me` for whoever asks.',
});
export const MemberParams = Type.Object({ room: RoomIdSchema, user: UserOrMeSchema }, CLOSED);

/** Who is meant by a user in a path. */
export function named(user: Static<typeof UserOrMeSchema>, who: Who): UserId {
  return user === 'me' ? who.user : user;
}
