import type { AuditAct, Limits, ResetLink, ServerRole, User, UserChange, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { AuditLog } from '../store/audit.ts';
import type { StoredPasswords } from '../store/passwords.ts';
import type { ServerLine } from '../store/server-line.ts';
import type { Users } from '../store/users.ts';
import { administrator, outranks } from './administrator.ts';
import { Refusal } from './refusal.ts';
import { hashOf, newSecret, secretOf } from './secrets.ts';
import type { Who } from './who.ts';

/** What the owner and the admins do to other users. */
export interface Governing {
  /** Disabling ends all sessions of the user at once. */
  changeUser(who: Who, user: UserId, change: UserChange): Promise<User>;
  resetLink(who: Who, user: UserId, origin: string): Promise<ResetLink>;
  /** For whoever has the machine: the owner's link, which nobody on the server may make. */
  ownerResetLink(owner: UserId, origin: string): Promise<ResetLink>;
}

export interface GoverningParts {
  readonly users: Users;
  readonly passwords: StoredPasswords;
  readonly audit: AuditLog;
  readonly serverLine: ServerLine;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'resetHours'>;
}

const HOUR_MS = 3_600_000;

export function createGoverning({ users, passwords, audit, serverLine, clock, limits }: GoverningParts): Governing {
  /** The user, if whoever asks may act on the user. The function that acts checks it again. */
  async function below(who: Who, id: UserId): Promise<User> {
    administrator(who);
    const record = await users.one(id);
    if (record === undefined) throw new Refusal('not_found');
    if (!outranks(who.role, record.card.role)) throw new Refusal('forbidden');
    return record.card;
  }
  // Written first: an act that is not in the log must not happen.
  const note = (who: Pick<Who, 'user'>, act: AuditAct, target: UserId, detail = '') =>
    audit.add({ at: clock.now(), actor: who.user, act, target, detail });

  return {
    async changeUser(who, id, { status, role }) {
      const before = await below(who, id);
      if (role !== undefined && !outranks(who.role, role)) throw new Refusal('forbidden');
      if (status !== undefined && status !== before.status) {
        await note(who, status === 'disabled' ? 'user.disabled' : 'user.enabled', id);
      }
      if (role !== undefined && role !== before.role) await note(who, 'user.role', id, `${before.role} → ${role}`);
      const word = await users.govern(id, who.role, { status, role });
      if (word === 'no_user') throw new Refusal('not_found');
      if (word === 'outranked') throw new Refusal('forbidden');
      const after = await users.one(id);
      if (after === undefined) throw new Refusal('not_found');
      if (word === 'ok') await serverLine.tell({ kind: 'user.changed', user: after.card });
      return after.card;
    },

    async resetLink(who, id, origin) {
      await below(who, id);
      await note(who, 'user.reset-link', id);
      return makeLink(id, who.role, origin);
    },

    async ownerResetLink(owner, origin) {
      await note({ user: owner }, 'user.reset-link', owner, 'by the operator');
      return makeLink(owner, 'operator', origin);
    },
  };

  async function makeLink(id: UserId, by: ServerRole | 'operator', origin: string): Promise<ResetLink> {
    const secret = newSecret();
    const ttlMs = limits.resetHours * HOUR_MS;
    const until = clock.now() + ttlMs;
    const word = await passwords.makeReset(id, by, { hash: hashOf(secret), until, ttlMs });
    if (word === 'no_user') throw new Refusal('not_found');
    if (word === 'outranked') throw new Refusal('forbidden');
    const code = secretOf(id, secret);
    // Browsers do not send the fragment to servers, so it is in nobody's log.
    return { code, url: `${origin}/reset#reset=${code}`, expiresAt: new Date(until).toISOString() };
  }
}
