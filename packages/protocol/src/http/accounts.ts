import { type Static, Type } from 'typebox';
import { USER_ID_PATTERN } from '../ids.ts';
import { NewSessionSchema, SessionSchema } from '../session.ts';
import { CLOSED } from '../time.ts';
import { LocaleSchema, MeSchema, UserSchema } from '../user.ts';

/** Bounds that keep a field from being abused; what is really allowed is answered with a code of its own. */
const Username = Type.String({ maxLength: 256 });
const Password = Type.String({ maxLength: 4_096 });
const SessionForm = Type.Enum(['token', 'cookie'], {
  description: 'cookie: the session comes as a cookie and no token is given.',
});

const PlaceCode = Type.String({ maxLength: 128, description: "The owner's one-time code, or an invite's." });

export const RegisterBodySchema = Type.Object(
  {
    username: Username,
    password: Password,
    displayName: Type.Optional(Type.String({ maxLength: 512 })),
    code: Type.Optional(PlaceCode),
    session: Type.Optional(SessionForm),
    locale: Type.Optional(LocaleSchema),
  },
  CLOSED,
);
export type RegisterBody = Static<typeof RegisterBodySchema>;

export const RegisterCheckSchema = Type.Object({ code: Type.Optional(PlaceCode) }, CLOSED);
export type RegisterCheck = Static<typeof RegisterCheckSchema>;

export const LoginBodySchema = Type.Object(
  { username: Username, password: Password, session: Type.Optional(SessionForm) },
  CLOSED,
);
export type LoginBody = Static<typeof LoginBodySchema>;

export const SignedInSchema = Type.Object({ user: MeSchema, session: NewSessionSchema }, CLOSED);
export type SignedIn = Static<typeof SignedInSchema>;

export const MeChangeSchema = Type.Object(
  {
    displayName: Type.Optional(Type.String({ maxLength: 512 })),
    locale: Type.Optional(LocaleSchema),
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
    hidePresence: Type.Optional(Type.Boolean({ description: 'Others see this user as offline, and not since when.' })),
  },
  { ...CLOSED, minProperties: 1 },
);
export type MeChange = Static<typeof MeChangeSchema>;

/** Changing the password ends every other session. */
export const PasswordChangeSchema = Type.Object({ password: Password, newPassword: Password }, CLOSED);
export type PasswordChange = Static<typeof PasswordChangeSchema>;

/** A one-time link's secret and the password it sets; every session ends. */
export const ResetBodySchema = Type.Object({ code: Type.String({ maxLength: 256 }), newPassword: Password }, CLOSED);
export type ResetBody = Static<typeof ResetBodySchema>;

export const SessionsSchema = Type.Object({ sessions: Type.Array(SessionSchema) }, CLOSED);
export type Sessions = Static<typeof SessionsSchema>;

/** One of: `ids` (up to 100, joined by commas), `q` (the beginning of a word of a name), or neither: everybody, paged. */
export const UsersQuerySchema = Type.Object(
  {
    ids: Type.Optional(
      Type.String({
        pattern: `^${USER_ID_PATTERN.slice(1, -1)}(,${USER_ID_PATTERN.slice(1, -1)}){0,99}$`,
        maxLength: 1_099,
      }),
    ),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    after: Type.Optional(Type.String({ maxLength: 256, description: 'The `next` of the answer before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  CLOSED,
);
export type UsersQuery = Static<typeof UsersQuerySchema>;

export const UsersSchema = Type.Object({ users: Type.Array(UserSchema), next: Type.Optional(Type.String()) }, CLOSED);
export type Users = Static<typeof UsersSchema>;
