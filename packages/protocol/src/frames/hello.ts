import { type Static, Type } from 'typebox';
import { EpochSchema, ROOM_ID_PATTERN } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { MeSchema } from '../user.ts';
import { RoomSchema } from '../room.ts';
import { CLOSED, RevSchema } from '../time.ts';
import { down, up } from './base.ts';

/** Up to where a client has a room's events. */
export const CursorSchema = Type.Object({ rev: RevSchema, epoch: EpochSchema }, CLOSED);
export type Cursor = Static<typeof CursorSchema>;

/**
 * The first frame of every connection. `token` where no cookie says who it is; `rooms` has a cursor for each
 * room whose events the client already has: the server replays what came after, or answers with `resync`.
 * Reply: `welcome`. Errors close the socket.
 */
export const HelloFrameSchema = up('hello', {
  token: Type.Optional(Type.String({ maxLength: 256 })),
  rooms: Type.Optional(
    Type.Unsafe<Record<string, Cursor>>(
      Type.Object(
        {},
        {
          patternProperties: { [ROOM_ID_PATTERN]: CursorSchema },
          additionalProperties: false,
          maxProperties: LIMITS.cursorsPerHello,
        },
      ),
    ),
  ),
});
export type HelloFrame = Static<typeof HelloFrameSchema>;

/**
 * Who the connection is, its rooms as they are now, and how to come back. Rooms without a cursor in the hello
 * begin at the `rev` given here.
 */
export const WelcomeFrameSchema = down('welcome', {
  ref: Type.String(),
  me: MeSchema,
  rooms: Type.Array(RoomSchema),
  wire: Type.Integer(),
  pingSeconds: Type.Integer({
    description: 'The server pings this often; a client that hears nothing for twice as long should come back.',
  }),
  reconnect: Type.Object(
    {
      minMs: Type.Integer({ description: 'First wait before coming back, doubled at each failure, with jitter.' }),
      maxMs: Type.Integer(),
    },
    CLOSED,
  ),
});
export type WelcomeFrame = Static<typeof WelcomeFrameSchema>;
