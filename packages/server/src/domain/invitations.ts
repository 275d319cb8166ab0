import type { Invite, InviteBody, InviteId, Limits, NewInvite } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Invites, StoredInvite } from '../store/invites.ts';
import { administrator } from './administrator.ts';
import { Refusal } from './refusal.ts';
import { hashOf, newCode, randomId } from './secrets.ts';
import type { Who } from './who.ts';

/** Invites, made and withdrawn by the owner and the admins. */
export interface Invitations {
  /** `origin` is where the link shall lead. */
  makeInvite(who: Who, body: InviteBody, origin: string): Promise<NewInvite>;
  invites(who: Who): Promise<Invite[]>;
  revokeInvite(who: Who, invite: InviteId): Promise<void>;
}

export interface InvitationsParts {
  readonly invites: Invites;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'inviteDays' | 'inviteUsesMax'>;
}

const DAY_MS = 86_400_000;
/** Invites that ended stand in the list for a while. */
const FORGOTTEN_MS = 30 * DAY_MS;
const AT_MOST = 1_000;

export function createInvitations({ invites, clock, limits }: InvitationsParts): Invitations {
  return {
    async makeInvite(who, { uses = 1 }, origin) {
      administrator(who);
      if (uses > limits.inviteUsesMax) {
        throw new Refusal('bad_request', { detail: `An invite has at most ${limits.inviteUsesMax} uses.` });
      }
      const code = newCode();
      const createdAt = clock.now();
      const invite = {
        id: randomId(12) as InviteId,
        by: who.user,
        uses,
        createdAt,
        expiresAt: createdAt + limits.inviteDays * DAY_MS,
      };
      const word = await invites.make({ ...invite, hash: hashOf(code) }, FORGOTTEN_MS, AT_MOST);
      if (word === 'full') throw new Refusal('rate_limited', { detail: 'There are as many invites as there may be.' });
      return {
        invite: shown({ ...invite, used: 0, revoked: false }),
        code,
        // Browsers do not send the fragment to servers, so it is in nobody's log.
        url: `${origin}/register#invite=${code}`,
      };
    },
    async invites(who) {
      administrator(who);
      const all = await invites.list();
      return all.sort((one, other) => other.createdAt - one.createdAt).map(shown);
    },
    async revokeInvite(who, invite) {
      administrator(who);
      if (!(await invites.revoke(invite, who.user, clock.now()))) throw new Refusal('not_found');
    },
  };
}

function shown({ createdAt, expiresAt, ...invite }: StoredInvite): Invite {
  return {
    ...invite,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
