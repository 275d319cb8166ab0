import type {
  Limits,
  LoginBody,
  RegisterBody,
  RegisterCheck,
  Registration as Mode,
  SignedIn,
  UserId,
} from '@rill/protocol';
import type { StoredPasswords } from '../store/passwords.ts';
import type { ServerStore } from '../store/server.ts';
import type { Users } from '../store/users.ts';
import type { Attempts } from './attempts.ts';
import { readDisplayName } from './display-name.ts';
import type { Hashing } from './hashing.ts';
import { meOf } from './me.ts';
import type { PasswordRules } from './password.ts';
import type { Place, Places } from './places.ts';
import { Refusal } from './refusal.ts';
import type { Registration } from './registration.ts';
import type { From, Sessions } from './sessions.ts';
import { modeOf } from './settings.ts';
import { foldGiven, readUsername } from './username.ts';

/** The two ways to a session. */
export interface SignIn {
  /** Refuses as `register` would for want of a place. Takes nothing. */
  mayRegister(check: RegisterCheck, from: From): Promise<void>;
  register(body: RegisterBody, from: From): Promise<SignedIn>;
  login(body: LoginBody, from: From): Promise<SignedIn>;
}

export interface SignInParts {
  readonly users: Users;
  readonly passwords: StoredPasswords;
  readonly server: ServerStore;
  readonly sessions: Sessions;
  readonly registration: Registration;
  readonly places: Places;
  readonly attempts: Attempts;
  readonly hashing: Hashing;
  readonly rules: PasswordRules;
  readonly limits: Limits;
  /** What the environment decides of who may register. */
  readonly fixedMode: Mode | undefined;
}

/** Looked up in place of a user that is not there, so that the same is done. */
const NOBODY = '0000nobody' as UserId;

export function createSignIn(parts: SignInParts): SignIn {
  const { users, passwords, server, sessions, registration, places, attempts, hashing, rules, limits } = parts;

  async function signedIn(id: UserId, checked: string, from: From): Promise<SignedIn | undefined> {
    const session = await sessions.open(id, checked, from);
    if (session === undefined) return undefined;
    const record = await users.one(id);
    if (record === undefined) return undefined;
    if (!record.settled) await later(registration.settle(record));
    return { user: meOf(record), session };
  }

  async function placeFor(code: string | undefined, from: From): Promise<Place> {
    await attempts.from(from.address);
    const state = await server.read();
    return places.find(code, state, modeOf(state, parts.fixedMode));
  }

  return {
    async mayRegister({ code }, from) {
      await placeFor(code, from);
    },

    async register(body, from) {
      const place = await placeFor(body.code, from);
      const name = readUsername(body.username, limits);
      const displayName = body.displayName === undefined ? name.shown : readDisplayName(body.displayName, limits);
      rules.check(body.password, [name.shown, displayName]);
      await registration.free(name);
      await attempts.registration(from.address);
      const wish = { name, displayName, password: body.password, locale: body.locale };
      const made = await registration.make(wish, place).catch(async (error) => {
        await later(attempts.registrationFailed(from.address));
        throw error;
      });
      const signed = await signedIn(made.id, made.checked, from);
      // The account is there; whoever made it signs in.
      if (signed === undefined) throw new Refusal('outcome_unknown');
      return signed;
    },

    async login(body, from) {
      await attempts.from(from.address);
      if (Buffer.byteLength(body.password) > limits.passwordMaxBytes) throw new Refusal('password_too_long');
      const folded = foldGiven(body.username);
      const whom = folded ?? '';
      await attempts.password(whom, from.address);
      const user = await users.byName(folded ?? 'nobody');
      const known = await passwords.credentials(folded === undefined ? NOBODY : (user ?? NOBODY));
      const checked = known?.status === 'active' ? known.password : undefined;
      const right = await hashing.verify(body.password, checked);
      if (!right || user === undefined || checked === undefined) throw new Refusal('wrong_credentials');
      const signed = await signedIn(user, checked, from);
      if (signed === undefined) throw new Refusal('wrong_credentials');
      await later(attempts.passwordWasRight(whom, from.address));
      return signed;
    },
  };
}

/** Waits for what may fail without harm: it is done again at the next sign-in, or ends by itself. */
async function later(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
