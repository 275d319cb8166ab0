import { type Static, Type } from 'typebox';
import { LIMITS } from './limits.ts';
import { CLOSED } from './time.ts';

export const RegistrationSchema = Type.Enum(['open', 'invite', 'closed']);
export type Registration = Static<typeof RegistrationSchema>;

const limitFields = Object.fromEntries(Object.keys(LIMITS).map((name) => [name, Type.Integer()]));
/** All limits the server holds to, by the names of limits.ts. */
export const LimitsSchema = Type.Unsafe<{ [Name in keyof typeof LIMITS]: number }>(Type.Object(limitFields, CLOSED));

/** What anybody may know of a server before signing in. */
export const ServerInfoSchema = Type.Object(
  {
    name: Type.String(),
    version: Type.String(),
    wire: Type.Integer({ description: 'Version of the wire.' }),
    registration: RegistrationSchema,
    waitsForOwner: Type.Boolean({ description: 'True until the first account is made, with the one-time code.' }),
    limits: LimitsSchema,
  },
  { ...CLOSED, $id: 'ServerInfo' },
);
export type ServerInfo = Static<typeof ServerInfoSchema>;
