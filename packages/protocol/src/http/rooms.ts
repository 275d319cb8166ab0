import { type Static, Type } from 'typebox';
import { NonceSchema, UserIdSchema } from '../ids.ts';
import { ListedFromSchema, InvolvementSchema, ListedMemberSchema, RoleSchema } from '../member.ts';
import { OpenRoomSchema, PoliciesSchema, RoomKindSchema, RoomSchema } from '../room.ts';
import { CLOSED, CountSchema, RevSchema, SeqSchema } from '../time.ts';

const Name = Type.String({ maxLength: 512 });
const Topic = Type.String({ maxLength: 8_192 });

export const RoomsQuerySchema = Type.Object(
  {
    scope: Type.Optional(Type.Enum(['mine', 'open'])),
    after: Type.Optional(Type.String({ maxLength: 256, description: 'open: the `next` of the answer before.' })),
    q: Type.Optional(Type.String({ maxLength: 128, description: 'open: part of a name or topic.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  CLOSED,
);
export type RoomsQuery = Static<typeof RoomsQuerySchema>;

export const RoomsSchema = Type.Object({ rooms: Type.Array(RoomSchema) }, CLOSED);
export type Rooms = Static<typeof RoomsSchema>;
export const OpenRoomsSchema = Type.Object(
  { rooms: Type.Array(OpenRoomSchema), next: Type.Optional(Type.String()) },
  CLOSED,
);
export type OpenRooms = Static<typeof OpenRoomsSchema>;

/**
 * `members` besides oneself. A direct room has no name; asking for one that exists gives that one. Of the others there is one
 * per (maker, nonce); without a nonce each is another.
 */
export const RoomBodySchema = Type.Object(
  {
    kind: RoomKindSchema,
    name: Type.Optional(Name),
    topic: Type.Optional(Topic),
    members: Type.Optional(Type.Array(UserIdSchema, { maxItems: 100 })),
    nonce: Type.Optional(NonceSchema),
  },
  CLOSED,
);
export type RoomBody = Static<typeof RoomBodySchema>;

/** With `rev`, only if the room has not been changed since (409 `moved_on`). */
export const RoomChangeSchema = Type.Object(
  {
    name: Type.Optional(Name),
    topic: Type.Optional(Topic),
    archived: Type.Optional(Type.Boolean()),
    policies: Type.Optional(Type.Partial(PoliciesSchema, CLOSED)),
    rev: Type.Optional(RevSchema),
  },
  { ...CLOSED, minProperties: 1 },
);
export type RoomChange = Static<typeof RoomChangeSchema>;

export const MembersQuerySchema = Type.Object(
  {
    q: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Those whose names have a word that begins so.' }),
    ),
    after: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  CLOSED,
);
export type MembersQuery = Static<typeof MembersQuerySchema>;
export const MembersSchema = Type.Object(
  { members: Type.Array(ListedMemberSchema), count: CountSchema, next: Type.Optional(Type.String()) },
  CLOSED,
);
export type Members = Static<typeof MembersSchema>;

/** `role` is the room's business; `involvement` and `listedFrom` only one's own. `rev`: as for a room's change. */
export const MemberChangeSchema = Type.Object(
  {
    role: Type.Optional(RoleSchema),
    involvement: Type.Optional(InvolvementSchema),
    listedFrom: Type.Optional(ListedFromSchema),
    rev: Type.Optional(RevSchema),
  },
  { ...CLOSED, minProperties: 1 },
);
export type MemberChange = Static<typeof MemberChangeSchema>;

export const ReadBodySchema = Type.Object({ seq: SeqSchema }, CLOSED);
export type ReadBody = Static<typeof ReadBodySchema>;
export const ReadMarkSchema = Type.Object({ readSeq: CountSchema, unread: CountSchema }, CLOSED);
export type ReadMark = Static<typeof ReadMarkSchema>;
