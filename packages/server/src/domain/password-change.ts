import type { PasswordChange as PasswordChangeBody, ResetBody } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { StoredPasswords } from '../store/passwords.ts';
import type { Users } from '../store/users.ts';
import type { Attempts } from './attempts.ts';
import type { Hashing } from './hashing.ts';
import type { PasswordRules } from './password.ts';
import { Refusal } from './refusal.ts';
import { readSecret } from './secrets.ts';
import type { From } from './sessions.ts';
import type { Who } from './who.ts';

/** The two ways to another password. */
export interface PasswordChange {
  changePassword(who: Who, body: PasswordChangeBody, from: From): Promise<void>;
  reset(body: ResetBody, from: From): Promise<void>;
}

export interface PasswordChangeParts {
  readonly users: Users;
  readonly passwords: StoredPasswords;
  readonly attempts: Attempts;
  readonly hashing: Hashing;
  readonly rules: PasswordRules;
  readonly clock: Clock;
}

export function createPasswordChange(parts: PasswordChangeParts): PasswordChange {
  const { users, passwords, attempts, hashing, rules, clock } = parts;
  return {
    async changePassword(who, { password, newPassword }, from) {
      await attempts.password(who.user, from.address);
      const record = await users.one(who.user);
      const known = await passwords.credentials(who.user);
      if (record === undefined || known === undefined) throw new Refusal('unauthenticated');
      rules.check(newPassword, [record.card.username, record.card.displayName]);
      if (!(await hashing.verify(password, known.password))) throw new Refusal('wrong_credentials');
      const hash = await hashing.hash(newPassword);
      const word = await passwords.replace(who.user, known.password, hash, who.session);
      if (word !== 'ok') throw new Refusal(word === 'moved' ? 'moved_on' : 'unauthenticated');
      await attempts.passwordWasRight(who.user, from.address);
    },

    async reset({ code, newPassword }, from) {
      await attempts.from(from.address);
      const given = readSecret(code.trim());
      const good = given !== undefined && (await passwords.resetIsGood(given.user, given.hash, clock.now()));
      const record = good ? await users.one(given.user) : undefined;
      if (given === undefined || record === undefined) throw new Refusal('reset_spent');
      rules.check(newPassword, [record.card.username, record.card.displayName]);
      const word = await passwords.reset(given.user, given.hash, clock.now(), await hashing.hash(newPassword));
      if (word === 'spent') throw new Refusal('reset_spent');
    },
  };
}
