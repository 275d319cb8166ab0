import { type Static, Type } from 'typebox';
import { UserIdSchema } from './ids.ts';
import { CLOSED, RevSchema, TimeSchema } from './time.ts';

export const UserKindSchema = Type.Enum(['person', 'bot']);
/** What a user may do on the whole server; what one may do in a room is the member's role. */
export const ServerRoleSchema = Type.Enum(['owner', 'admin', 'member']);
export const UserStatusSchema = Type.Enum(['active', 'disabled']);
export const LocaleSchema = Type.Enum(['en', 'zh-CN']);

export type UserKind = Static<typeof UserKindSchema>;
export type ServerRole = Static<typeof ServerRoleSchema>;
export type UserStatus = Static<typeof UserStatusSchema>;
export type Locale = Static<typeof LocaleSchema>;

const card = {
  id: UserIdSchema,
  kind: UserKindSchema,
  username: Type.String(),
  displayName: Type.String(),
  role: ServerRoleSchema,
  status: UserStatusSchema,
};

/** What everybody signed in may know of a user. */
export const UserSchema = Type.Object(card, { ...CLOSED, $id: 'User' });
export type User = Static<typeof UserSchema>;

/** What a user knows of oneself. `rev` is the number of the last event of the user's own line. */
export const MeSchema = Type.Object(
  {
    ...card,
    locale: Type.Optional(LocaleSchema),
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
    /** Others see this user as offline, and not since when. */
    hidePresence: Type.Boolean(),
    createdAt: TimeSchema,
    rev: RevSchema,
  },
  { ...CLOSED, $id: 'Me' },
);
export type Me = Static<typeof MeSchema>;
