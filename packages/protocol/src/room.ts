import { type Static, Type } from 'typebox';
import { EpochSchema, RoomIdSchema } from './ids.ts';
import { ListedFromSchema, InvolvementSchema, RoleSchema } from './member.ts';
import { MessageSchema } from './message.ts';
import { CLOSED, CountSchema, RevSchema, TimeSchema } from './time.ts';
import { UserSchema } from './user.ts';

/** open: anyone signed in finds and joins it; closed: by being added; direct: the same people, for ever. */
export const RoomKindSchema = Type.Enum(['open', 'closed', 'direct']);
export type RoomKind = Static<typeof RoomKindSchema>;

/** What a room decides for itself. */
export const PoliciesSchema = Type.Object(
  {
    recallSeconds: Type.Integer({
      minimum: 0,
      maximum: 31_536_000,
      description: 'How long authors may recall: 0 never, 31,536,000 (a year) the longest.',
    }),
    history: Type.Enum(['all', 'joined'], { description: 'What of the past a new member sees.' }),
  },
  { ...CLOSED, $id: 'Policies' },
);
export type Policies = Static<typeof PoliciesSchema>;

/** A room as one of its members sees it. `seq` and `rev` are the heads of its log and its feed. */
export const RoomSchema = Type.Object(
  {
    id: RoomIdSchema,
    kind: RoomKindSchema,
    name: Type.String({ description: 'Empty for a direct room: it is called by its people.' }),
    topic: Type.String(),
    archived: Type.Boolean(),
    policies: PoliciesSchema,
    members: CountSchema,
    people: Type.Optional(Type.Array(UserSchema, { description: 'Of a direct room: everybody in it.' })),
    role: RoleSchema,
    involvement: InvolvementSchema,
    listedFrom: Type.Optional({
      ...ListedFromSchema,
      description: 'Put aside by this member: out of the list until the room has a message of this number.',
    }),
    seq: CountSchema,
    rev: RevSchema,
    epoch: EpochSchema,
    readSeq: CountSchema,
    unread: CountSchema,
    fromSeq: Type.Integer({ minimum: 1, description: 'The first message this member may see.' }),
    lastAt: TimeSchema,
    last: Type.Optional(MessageSchema),
  },
  { ...CLOSED, $id: 'Room' },
);
export type Room = Static<typeof RoomSchema>;

/** An open room as one sees it who could join it. */
export const OpenRoomSchema = Type.Object(
  {
    id: RoomIdSchema,
    name: Type.String(),
    topic: Type.String(),
    members: CountSchema,
    lastAt: TimeSchema,
    joined: Type.Boolean(),
  },
  { ...CLOSED, $id: 'OpenRoom' },
);
export type OpenRoom = Static<typeof OpenRoomSchema>;
