import { type Static, Type } from 'typebox';
import { InviteIdSchema, UserIdSchema } from './ids.ts';
import { CLOSED, CountSchema, TimeSchema } from './time.ts';

export const InviteSchema = Type.Object(
  {
    id: InviteIdSchema,
    by: UserIdSchema,
    uses: CountSchema,
    used: CountSchema,
    createdAt: TimeSchema,
    expiresAt: TimeSchema,
    revoked: Type.Boolean(),
  },
  { ...CLOSED, $id: 'Invite' },
);
export type Invite = Static<typeof InviteSchema>;

export const AuditActSchema = Type.Enum([
  'owner.claimed',
  'settings.changed',
  'invite.made',
  'invite.revoked',
  'user.disabled',
  'user.enabled',
  'user.role',
  'user.reset-link',
  'message.removed',
  'room.imported',
]);
export type AuditAct = Static<typeof AuditActSchema>;

/** One line of the audit log: who did what to whom or what. Never a text of a message. */
export const AuditEntrySchema = Type.Object(
  {
    id: Type.String(),
    at: TimeSchema,
    actor: UserIdSchema,
    act: AuditActSchema,
    target: Type.String({
      description:
        'A user, a room, an invite, or the setting that changed; empty, as the detail is, for a room that the one who asks is not in.',
    }),
    detail: Type.String(),
  },
  { ...CLOSED, $id: 'AuditEntry' },
);
export type AuditEntry = Static<typeof AuditEntrySchema>;
