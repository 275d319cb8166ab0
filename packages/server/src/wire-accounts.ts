import type { Limits } from '@rill/protocol';
import type { Clock } from './clock.ts';
import { type Accounts, createAccounts } from './domain/accounts.ts';
import { type Administration, createAdministration } from './domain/administration.ts';
import { createAttempts } from './domain/attempts.ts';
import { createGoverning } from './domain/governing.ts';
import { createHashing } from './domain/hashing.ts';
import { createInvitations } from './domain/invitations.ts';
import { loadPasswordRules } from './domain/password.ts';
import { createPasswordChange } from './domain/password-change.ts';
import { createPeople } from './domain/people.ts';
import { createPlaces } from './domain/places.ts';
import { createRegistration } from './domain/registration.ts';
import { createSessions, type Sessions } from './domain/sessions.ts';
import type { FixedSettings } from './domain/settings.ts';
import { createSignIn } from './domain/sign-in.ts';
import { type AuditLog, createAuditLog } from './store/audit.ts';
import { createDirectory, type Directory } from './store/directory.ts';
import { createInvites } from './store/invites.ts';
import type { MemberStore } from './store/members.ts';
import { createNames } from './store/names.ts';
import { createPaces } from './store/paces.ts';
import { createStoredPasswords } from './store/passwords.ts';
import type { RedisDoor } from './store/redis.ts';
import { createServerStore } from './store/server.ts';
import { createServerLine, type ServerLine } from './store/server-line.ts';
import { createSignalStore, type SignalStore } from './store/signals.ts';
import { createStoredSessions } from './store/sessions.ts';
import { createUserLine, type UserLine } from './store/user-line.ts';
import { createUsers, type Users } from './store/users.ts';

export interface AccountsWiring {
  readonly redis: RedisDoor;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly secret: string;
  readonly memberStore: MemberStore;
  /** What the environment decides. */
  readonly fixed: FixedSettings;
}

/** Everything about users, their sessions and whoever administers them. */
export interface AccountsParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly administration: Administration;
  readonly users: Users;
  readonly directory: Directory;
  readonly userLine: UserLine;
  readonly serverLine: ServerLine;
  readonly signals: SignalStore;
  readonly audit: AuditLog;
}

/** Makes the parts of accounts and has them meet. Reads the dictionaries of passwords, so it takes a moment. */
export async function wireAccounts(wiring: AccountsWiring): Promise<AccountsParts> {
  const { redis, memberStore, clock, limits, secret, fixed } = wiring;
  const rules = await loadPasswordRules(limits);
  const hashing = createHashing();
  const users = createUsers({ redis });
  const directory = createDirectory({ redis });
  const names = createNames({ redis });
  const passwords = createStoredPasswords({ redis });
  const server = createServerStore({ redis });
  const invites = createInvites({ redis });
  const audit = createAuditLog({ redis });
  const userLine = createUserLine({ redis, clock, limits });
  const serverLine = createServerLine({ redis });
  const signals = createSignalStore({ redis });
  const attempts = createAttempts({ paces: createPaces({ redis, clock }), secret, limits });

  const sessions = createSessions({ stored: createStoredSessions({ redis }), clock, limits });
  const people = createPeople({ users, directory });
  const places = createPlaces({ server, invites, users, names, clock, secret });
  const registration = createRegistration({ users, names, places, people, hashing, clock });
  const signIn = createSignIn({
    ...{ users, passwords, server, sessions, registration, places, attempts, hashing, rules, limits },
    fixedMode: fixed.registration,
  });
  const passwordChange = createPasswordChange({ users, passwords, attempts, hashing, rules, clock });
  const invitations = createInvitations({ invites, clock, limits });
  const governing = createGoverning({ users, passwords, audit, serverLine, clock, limits });
  return {
    accounts: createAccounts({ users, serverLine, signals, sessions, signIn, passwordChange, people, limits }),
    sessions,
    administration: createAdministration({
      ...{ server, invitations, governing, clock, limits, secret, fixed },
      auditLog: audit,
      memberStore,
    }),
    users,
    directory,
    userLine,
    serverLine,
    signals,
    audit,
  };
}
