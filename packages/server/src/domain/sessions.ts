import type { Session, SessionId } from '@rill/protocol';
import type { Who } from './who.ts';

/** A valid session: who it is, and when it ends if nobody uses it. */
export interface Authenticated {
  readonly who: Who;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Sign-ins: told from a token, listed, ended. */
export interface Sessions {
  /** Undefined where the token is malformed, unknown, expired, ended, or its user disabled. */
  authenticate(token: string): Promise<Authenticated | undefined>;
  /** All of one's own, the newest use first. */
  list(who: Who): Promise<Session[]>;
  /** Ends one of one's own, the current one included; its sockets close. */
  end(who: Who, session: SessionId): Promise<void>;
}
