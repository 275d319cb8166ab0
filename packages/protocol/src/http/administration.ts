import { type Static, Type } from 'typebox';
import { AuditEntrySchema, InviteSchema } from '../administration.ts';
import { RegistrationSchema } from '../server-info.ts';
import { CLOSED, TimeSchema } from '../time.ts';
import { ServerRoleSchema, UserStatusSchema } from '../user.ts';

export const InviteBodySchema = Type.Object(
  { uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) },
  CLOSED,
);
export type InviteBody = Static<typeof InviteBodySchema>;

/** The code is told only here, once; Redis has its hash. */
export const NewInviteSchema = Type.Object({ invite: InviteSchema, code: Type.String(), url: Type.String() }, CLOSED);
export type NewInvite = Static<typeof NewInviteSchema>;
export const InvitesSchema = Type.Object({ invites: Type.Array(InviteSchema) }, CLOSED);
export type Invites = Static<typeof InvitesSchema>;

export const UserChangeSchema = Type.Object(
  { status: Type.Optional(UserStatusSchema), role: Type.Optional(ServerRoleSchema) },
  { ...CLOSED, minProperties: 1 },
);
export type UserChange = Static<typeof UserChangeSchema>;

/** A link that sets a new password once. Shown only here. */
export const ResetLinkSchema = Type.Object({ code: Type.String(), url: Type.String(), expiresAt: TimeSchema }, CLOSED);
export type ResetLink = Static<typeof ResetLinkSchema>;

/** What administrators change while it runs. `fixed` names what an environment setting decides. */
export const SettingsSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    registration: RegistrationSchema,
    fixed: Type.Array(Type.Enum(['name', 'registration'])),
  },
  { ...CLOSED, $id: 'Settings' },
);
export type Settings = Static<typeof SettingsSchema>;
export const SettingsChangeSchema = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    registration: Type.Optional(RegistrationSchema),
  },
  { ...CLOSED, minProperties: 1 },
);
export type SettingsChange = Static<typeof SettingsChangeSchema>;

export const AuditQuerySchema = Type.Object(
  {
    before: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,15}-[0-9]{1,9}$', description: 'The `next` of the answer before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  CLOSED,
);
export type AuditQuery = Static<typeof AuditQuerySchema>;

/** Newest first. */
export const AuditSchema = Type.Object(
  { entries: Type.Array(AuditEntrySchema), next: Type.Optional(Type.String()) },
  CLOSED,
);
export type Audit = Static<typeof AuditSchema>;
