import { type Static, Type } from 'typebox';
import { RoomIdSchema, UserIdSchema } from './ids.ts';
import { CLOSED, TimeSchema } from './time.ts';
import { UserSchema } from './user.ts';

export const PresenceSchema = Type.Enum(['online', 'away', 'offline']);
export type Presence = Static<typeof PresenceSchema>;

/** Told and not kept: a signal that is lost is not missed. */
export const SignalSchema = Type.Union(
  [
    Type.Object({ kind: Type.Literal('typing'), room: RoomIdSchema, user: UserIdSchema }, CLOSED),
    Type.Object(
      {
        kind: Type.Literal('presence'),
        user: UserIdSchema,
        presence: PresenceSchema,
        lastSeenAt: Type.Optional(TimeSchema),
      },
      CLOSED,
    ),
    Type.Object({ kind: Type.Literal('user.changed'), user: UserSchema }, CLOSED),
  ],
  { $id: 'Signal' },
);
export type Signal = Static<typeof SignalSchema>;
