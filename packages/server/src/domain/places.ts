import type { Registration as Mode, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Invites } from '../store/invites.ts';
import type { Names } from '../store/names.ts';
import type { ServerState, ServerStore } from '../store/server.ts';
import type { Users } from '../store/users.ts';
import { Refusal } from './refusal.ts';
import { hashOf, ownerCodeOf, readCode, same } from './secrets.ts';
import { foldName } from './username.ts';

/** By what right somebody registers. */
export type Place =
  | { readonly kind: 'open' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'invite'; readonly hash: string };

/** Who may have an account here: the first with the owner's code, the others as the registration is set. */
export interface Places {
  /** The place that a code gives, or the refusal that says what is missing. Takes nothing. */
  find(code: string | undefined, state: ServerState, mode: Mode): Promise<Place>;
  /** Takes the place for a user who is about to be made; of a last one only one gets it. */
  take(place: Place, user: UserId): Promise<void>;
  settle(place: Place, user: UserId, made: boolean): Promise<void>;
  /** Keeps the place of a user who was made, whichever it is. */
  settleUser(user: UserId, isOwner: boolean): Promise<void>;
}

export interface PlacesParts {
  readonly server: ServerStore;
  readonly invites: Invites;
  readonly users: Users;
  readonly names: Names;
  readonly clock: Clock;
  readonly secret: string;
}

/** Longer than a name is held, so that nobody can be made any more once the place is given to another. */
const HELD_MS = 120_000;

export function createPlaces({ server, invites, users, names, clock, secret }: PlacesParts): Places {
  /** Whether somebody for whom a place was held was made in the end. */
  async function made(user: UserId): Promise<boolean> {
    const record = await users.one(user);
    if (record === undefined) return false;
    const name = await names.read(foldName(record.card.username));
    return name?.kept === true && name.user === user;
  }

  async function claim(user: UserId): Promise<void> {
    const now = clock.now();
    let claimed = await server.claim(user, now, now + HELD_MS);
    if (claimed.is === 'stale') {
      await server.settleClaim(claimed.user, await made(claimed.user), now);
      claimed = await server.claim(user, now, now + HELD_MS);
    }
    if (claimed.is !== 'ok') throw new Refusal('invite_spent');
  }

  async function redeem(hash: string, user: UserId): Promise<void> {
    const now = clock.now();
    for (const waiting of await invites.pending(now)) await invites.settle(waiting, await made(waiting));
    if (!(await invites.redeem(hash, user, now, now + HELD_MS))) throw new Refusal('invite_spent');
  }

  return {
    async find(code, state, mode) {
      const typed = code === undefined ? undefined : readCode(code);
      const ownerCode = state.id === undefined ? undefined : ownerCodeOf(secret, state.id);
      const isOwnerCode = typed !== undefined && ownerCode !== undefined && same(typed, ownerCode);
      if (!state.owner?.made) {
        if (!isOwnerCode) throw new Refusal('owner_code_required');
        return { kind: 'owner' };
      }
      // Whoever still has it wanted to be the owner and came too late.
      if (isOwnerCode) throw new Refusal('invite_spent');
      if (mode === 'open') return { kind: 'open' };
      if (mode === 'closed') throw new Refusal('registration_closed');
      if (typed === undefined) throw new Refusal('invite_required');
      const hash = hashOf(typed);
      const invite = await invites.read(hash, clock.now());
      const by = invite && (await users.one(invite.by))?.card;
      // An invite is worth what its maker may do now.
      if (by === undefined || by.status !== 'active' || by.role === 'member') throw new Refusal('invite_spent');
      return { kind: 'invite', hash };
    },
    async take(place, user) {
      if (place.kind === 'owner') await claim(user);
      if (place.kind === 'invite') await redeem(place.hash, user);
    },
    async settle(place, user, wasMade) {
      if (place.kind === 'owner') await server.settleClaim(user, wasMade, clock.now());
      if (place.kind === 'invite') await invites.settle(user, wasMade);
    },
    async settleUser(user, isOwner) {
      if (isOwner) await server.settleClaim(user, true, clock.now());
      else await invites.settle(user, true);
    },
  };
}
