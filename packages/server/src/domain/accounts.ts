import type {
  LoginBody,
  Me,
  MeChange,
  PasswordChange,
  RegisterBody,
  ResetBody,
  SignedIn,
  User,
  UserId,
  Users,
  UsersQuery,
} from '@rill/protocol';
import type { Who } from './who.ts';

/** Where a request that signs somebody in came from: what limits count, and what the list of sessions shows. */
export interface From {
  readonly address: string;
  readonly device: string;
}

/** People's own accounts, and what people may know of each other. */
export interface Accounts {
  /** Makes an account and signs it in. The token is always in the answer; the route keeps it for a cookie. */
  register(body: RegisterBody, from: From): Promise<SignedIn>;
  /** Signs in. Answers alike, and as slowly, whether the account is missing, disabled or the password wrong. */
  login(body: LoginBody, from: From): Promise<SignedIn>;
  /** Ends the session that asks. */
  logout(who: Who): Promise<void>;
  me(who: Who): Promise<Me>;
  change(who: Who, change: MeChange): Promise<Me>;
  /** Sets a new password; every other session ends. */
  changePassword(who: Who, body: PasswordChange, from: From): Promise<void>;
  /** Sets a new password by a one-time link; every session ends. */
  reset(body: ResetBody, from: From): Promise<void>;
  user(who: Who, id: UserId): Promise<User>;
  /** By ids, by part of a name, or everybody in order of their names. */
  find(who: Who, query: UsersQuery): Promise<Users>;
  /** Those of the ids that exist. */
  cards(ids: readonly UserId[]): Promise<User[]>;
}
