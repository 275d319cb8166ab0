import { type Static, Type } from 'typebox';
import { NonceSchema, UserIdSchema } from './ids.ts';
import { MemberSchema, RoleSchema } from './member.ts';
import { MessageSchema } from './message.ts';
import { PoliciesSchema } from './room.ts';
import { CLOSED, TimeSchema } from './time.ts';

const base = { actor: UserIdSchema, at: TimeSchema };
const said = { message: MessageSchema };
/** Membership and settings are told in the conversation too, except where nobody would want to read it. */
const told = { message: Type.Optional(MessageSchema) };

const event = <Kind extends string, Fields extends Record<string, Type.TSchema>>(kind: Kind, fields: Fields) =>
  Type.Object({ kind: Type.Literal(kind), ...base, ...fields }, CLOSED);

/** What may stand in a room's feed. `message` is always the message as it is now, never as it was then. */
export const RoomEventSchema = Type.Union(
  [
    event('room.created', told),
    event('room.changed', {
      ...told,
      name: Type.Optional(Type.String()),
      topic: Type.Optional(Type.String()),
      archived: Type.Optional(Type.Boolean()),
      policies: Type.Optional(PoliciesSchema),
    }),
    event('member.joined', { ...told, member: MemberSchema }),
    event('member.left', { ...told, user: UserIdSchema }),
    event('member.changed', { ...told, user: UserIdSchema, role: RoleSchema }),
    event('message.sent', { ...said, nonce: Type.Optional(NonceSchema) }),
    event('message.edited', said),
    event('message.recalled', said),
    event('message.removed', said),
    // Something happened to what this member may not see: only the number moves on.
    Type.Object({ kind: Type.Literal('unseen') }, CLOSED),
  ],
  { $id: 'RoomEvent' },
);
export type RoomEvent = Static<typeof RoomEventSchema>;
export type RoomEventKind = RoomEvent['kind'];
