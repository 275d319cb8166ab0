import { type Static, Type } from 'typebox';
import { SessionIdSchema } from './ids.ts';
import { CLOSED, TimeSchema } from './time.ts';

/** What a session may do. Today's sign-ins may do everything; narrower scopes come with bots. */
export const ScopeSchema = Type.Enum(['all']);
export type Scope = Static<typeof ScopeSchema>;

/** A sign-in as it is handed out: `token` only where it does not travel as a cookie, and only this once. */
export const NewSessionSchema = Type.Object(
  { id: SessionIdSchema, token: Type.Optional(Type.String()), expiresAt: TimeSchema },
  CLOSED,
);
export type NewSession = Static<typeof NewSessionSchema>;

/** A sign-in as its owner sees it in the list. */
export const SessionSchema = Type.Object(
  {
    id: SessionIdSchema,
    current: Type.Boolean({ description: 'The session that asks.' }),
    scopes: Type.Array(ScopeSchema),
    createdAt: TimeSchema,
    usedAt: TimeSchema,
    expiresAt: TimeSchema,
    address: Type.String({ description: 'Network address at sign-in.' }),
    device: Type.String({ description: 'The browser or program at sign-in, shortened.' }),
  },
  { ...CLOSED, $id: 'Session' },
);
export type Session = Static<typeof SessionSchema>;
