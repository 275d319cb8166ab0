import type { Limits, Me, MeChange } from '@rill/protocol';
import type { ServerLine } from '../store/server-line.ts';
import type { SignalStore } from '../store/signals.ts';
import type { UserRecord, Users } from '../store/users.ts';
import { readDisplayName } from './display-name.ts';
import { meOf } from './me.ts';
import type { PasswordChange } from './password-change.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import { isTimeZone } from './time-zone.ts';
import type { Who } from './who.ts';

/** People's own accounts, and what people may know of each other. */
export interface Accounts extends SignIn, PasswordChange, Pick<People, 'user' | 'find' | 'cards'> {
  /** Ends the session that asks. */
  logout(who: Who): Promise<void>;
  me(who: Who): Promise<Me>;
  change(who: Who, change: MeChange): Promise<Me>;
}

export interface AccountsParts {
  readonly users: Users;
  readonly serverLine: ServerLine;
  readonly signals: Pick<SignalStore, 'tellHiding'>;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly passwordChange: PasswordChange;
  readonly people: People;
  readonly limits: Limits;
}

export function createAccounts(parts: AccountsParts): Accounts {
  const { users, serverLine, signals, sessions, signIn, passwordChange, people, limits } = parts;

  async function own(who: Who): Promise<UserRecord> {
    const record = await users.one(who.user);
    if (record === undefined) throw new Refusal('unauthenticated');
    return record;
  }

  return {
    mayRegister: signIn.mayRegister,
    register: signIn.register,
    login: signIn.login,
    changePassword: passwordChange.changePassword,
    reset: passwordChange.reset,
    user: people.user,
    find: people.find,
    cards: people.cards,
    logout: (who) => sessions.end(who, who.session),
    me: async (who) => meOf(await own(who)),
    async change(who, { displayName, locale, timeZone, hidePresence }) {
      if (timeZone !== undefined && !isTimeZone(timeZone)) {
        throw new Refusal('bad_request', {
          errors: [{ at: 'body/timeZone', is: 'is no time zone this server knows' }],
        });
      }
      const name = displayName === undefined ? undefined : readDisplayName(displayName, limits);
      const profile = { displayName: name, locale, timeZone, hidePresence };
      if ((await users.change(who.user, profile)) === 'no_user') {
        throw new Refusal('unauthenticated');
      }
      const record = await own(who);
      if (name !== undefined) {
        await people.list(record);
        await serverLine.tell({ kind: 'user.changed', user: record.card });
      }
      if (hidePresence !== undefined) await signals.tellHiding(who.user);
      return meOf(record);
    },
  };
}
