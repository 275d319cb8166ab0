import type { ServerRole, SessionId, UserId } from '@rill/protocol';

/** Who asks, as the session says. Every call into the domain is made in somebody's name. */
export interface Who {
  readonly user: UserId;
  readonly session: SessionId;
  readonly role: ServerRole;
}
