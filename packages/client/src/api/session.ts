import type {
  LoginBody,
  Me,
  MeChange,
  PasswordChange,
  RegisterBody,
  RegisterCheck,
  ResetBody,
  Session,
  SessionId,
} from '@rill/protocol';
import type { Living } from './living.ts';

/**
 * unknown: nobody has asked yet · signed-out: `ended` is true where a sign-in was taken away (revoked, expired,
 * password changed elsewhere) · signed-in: also from what the device keeps, while the server cannot be asked;
 * `sessions` rises when the list of sessions is not what it was.
 */
export type SessionState =
  | { readonly name: 'unknown' }
  | { readonly name: 'signed-out'; readonly ended: boolean }
  | { readonly name: 'signed-in'; readonly me: Me; readonly sessions: number };

/** Who uses this client. All calls fail with RillError. */
export interface LiveSession extends Living<SessionState> {
  /** Fails as `register` would for want of a code, or with one that is spent. Takes nothing. */
  mayRegister(check: RegisterCheck): Promise<void>;
  /** Makes an account and signs in. `code`: the owner's one-time code or an invite's. */
  register(body: Omit<RegisterBody, 'session'>): Promise<Me>;
  login(body: Omit<LoginBody, 'session'>): Promise<Me>;
  /** Signs out here: the device forgets everything, also when the server cannot be told. */
  logout(): Promise<void>;
  changeMe(change: MeChange): Promise<Me>;
  /** Ends every other session. */
  changePassword(change: PasswordChange): Promise<void>;
  /** Sets a new password with the code of a one-time link. */
  reset(body: ResetBody): Promise<void>;
  sessions(): Promise<readonly Session[]>;
  endSession(id: SessionId): Promise<void>;
  /** The token of a session that is not a cookie: to be kept by the program and handed to createClient next time. */
  token(): string | undefined;
}
