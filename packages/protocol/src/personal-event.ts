import { type Static, Type } from 'typebox';
import { RoomIdSchema } from './ids.ts';
import { ListedFromSchema, InvolvementSchema } from './member.ts';
import { RoomSchema } from './room.ts';
import { CLOSED, CountSchema, SeqSchema } from './time.ts';
import { MeSchema } from './user.ts';

/** What stands in a user's own line: what other devices of the same user must learn. */
export const PersonalEventSchema = Type.Union(
  [
    Type.Object({ kind: Type.Literal('room.added'), room: RoomSchema }, CLOSED),
    Type.Object({ kind: Type.Literal('room.gone'), room: RoomIdSchema }, CLOSED),
    Type.Object(
      { kind: Type.Literal('room.read'), room: RoomIdSchema, readSeq: CountSchema, unread: CountSchema },
      CLOSED,
    ),
    Type.Object(
      { kind: Type.Literal('message.hidden'), room: RoomIdSchema, seq: SeqSchema, unread: CountSchema },
      CLOSED,
    ),
    Type.Object(
      {
        kind: Type.Literal('room.own'),
        room: RoomIdSchema,
        involvement: InvolvementSchema,
        listedFrom: ListedFromSchema,
      },
      CLOSED,
    ),
    Type.Object({ kind: Type.Literal('me.changed'), me: MeSchema }, CLOSED),
    // Sessions of this user were ended; those they belonged to are closed.
    Type.Object({ kind: Type.Literal('sessions.changed') }, CLOSED),
  ],
  { $id: 'PersonalEvent' },
);
export type PersonalEvent = Static<typeof PersonalEventSchema>;
