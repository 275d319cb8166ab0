import { type Static, Type } from 'typebox';
import { UserSchema } from './user.ts';
import { UserIdSchema } from './ids.ts';
import { CLOSED, CountSchema, TimeSchema } from './time.ts';

/** A direct room has no roles: everybody in it is a member. */
export const RoleSchema = Type.Enum(['owner', 'admin', 'member']);
export type Role = Static<typeof RoleSchema>;

/** What of a room reaches a member's attention. */
export const InvolvementSchema = Type.Enum(['nothing', 'mentions', 'everything']);
export type Involvement = Static<typeof InvolvementSchema>;

/** A room stands in its member's list once it has a message of this number: how it is put aside. 0: always. */
export const ListedFromSchema = CountSchema;

export const MemberSchema = Type.Object(
  {
    user: UserIdSchema,
    role: RoleSchema,
    joinedAt: TimeSchema,
  },
  { ...CLOSED, $id: 'Member' },
);
export type Member = Static<typeof MemberSchema>;

/** A member with who it is: a row of the list of members. */
export const ListedMemberSchema = Type.Object(
  { user: UserSchema, role: RoleSchema, joinedAt: TimeSchema },
  { ...CLOSED, $id: 'ListedMember' },
);
export type ListedMember = Static<typeof ListedMemberSchema>;
