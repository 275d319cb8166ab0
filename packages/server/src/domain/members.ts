import type {
  Limits,
  ListedMember,
  MemberChange,
  MembersQuery,
  RoomId,
  UserId,
  Members as WireMembers,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Directory } from '../store/directory.ts';
import type { MemberStore, StoredMember } from '../store/members.ts';
import type { RoomStore } from '../store/rooms.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Users } from '../store/users.ts';
import { Refusal } from './refusal.ts';
import { createRoomIndex } from './room-index.ts';
import type { UserPaces } from './user-paces.ts';
import type { Who } from './who.ts';
import { nameBegins, searchForm } from './words.ts';

/** Who is in a room. */
export interface Members {
  /** Owners first, then admins, then members, each in the order of joining; or, by the beginning of a name, in the order of names. */
  list(who: Who, room: RoomId, query: MembersQuery): Promise<WireMembers>;
  /** Joins an open room (oneself) or adds somebody; asked again, it repairs what a crash left half done. */
  put(who: Who, room: RoomId, user: UserId): Promise<{ member: ListedMember; made: boolean }>;
  change(who: Who, room: RoomId, user: UserId, change: MemberChange): Promise<ListedMember>;
  /** Leaves (oneself) or removes somebody. */
  end(who: Who, room: RoomId, user: UserId): Promise<void>;
}

export interface MembersParts {
  readonly store: MemberStore;
  readonly rooms: RoomStore;
  readonly line: UserLine;
  readonly users: Users;
  readonly directory: Directory;
  readonly paces: Pick<UserPaces, 'changes'>;
  readonly limits: Limits;
  readonly clock: Clock;
}

export function createMembers({ store, rooms, line, users, directory, paces, limits, clock }: MembersParts): Members {
  const index = createRoomIndex({ store: rooms, line });

  async function listed(members: readonly StoredMember[]): Promise<ListedMember[]> {
    const cards = await users.cards(members.map(({ user }) => user));
    return members.flatMap(({ user, role, joinedAt }) => {
      const card = cards.get(user);
      return card ? [{ user: card, role, joinedAt }] : [];
    });
  }

  async function listedOne(member: StoredMember): Promise<ListedMember> {
    const [row] = await listed([member]);
    if (!row) throw new Refusal('not_found');
    return row;
  }

  /** The server's people of that name are gone through, as many as a search may cost, for those who are in the room. */
  async function search(who: Who, room: RoomId, q: string, most: number): Promise<WireMembers> {
    const form = searchForm(q);
    const called = form === '' ? [] : await directory.find(form, LOOKED_AT);
    const found: ListedMember[] = [];
    let count = 0;
    // Whoever asks is in the room, and is asked for first: there is always somebody to ask for.
    for (let from = 0; from === 0 || (from < called.length && found.length < most); from += AT_ONCE) {
      const some = called.slice(from, from + AT_ONCE);
      const page = await store.among(who.user, room, [who.user, ...some]);
      count = page.count;
      const cards = await listed(page.members.slice(1));
      // The directory may be a moment behind a change of name.
      found.push(...cards.filter(({ user }) => nameBegins(user, form)));
    }
    return { members: found.slice(0, most), count };
  }

  /** Refused here, and again inside the function, so that nobody's index is touched by whom it does not concern. */
  async function mayAdmit(who: Who, room: RoomId, user: UserId): Promise<void> {
    if (user === who.user) {
      const found = await rooms.card(who.user, room);
      // Whoever is in the room already is let through to have their index mended.
      if (!found || found.archived) await store.read(who.user, room, user);
      return;
    }
    const { room: seen } = await rooms.read(who.user, room);
    const card = (await users.cards([user])).get(user);
    if (seen.kind === 'direct') throw new Refusal('direct_fixed');
    if (seen.role === 'member') throw new Refusal('forbidden');
    if (card?.status !== 'active') throw new Refusal('not_found');
  }

  return {
    async list(who, room, { q, after, limit }) {
      if (q !== undefined && after !== undefined) {
        throw new Refusal('bad_request', { detail: 'Ask by q, or for a page.' });
      }
      if (after !== undefined && !PLACE.test(after)) {
        throw new Refusal('bad_request', { errors: [{ at: 'after', is: 'is no place' }] });
      }
      const most = Math.min(limit ?? limits.pageDefault, limits.pageMax);
      if (q !== undefined) return search(who, room, q, most);
      const { members, count, next } = await store.page(who.user, room, after, most);
      return { members: await listed(members), count, ...(next && { next }) };
    },

    async put(who, room, user) {
      paces.changes.take(who.user);
      await mayAdmit(who, room, user);
      await line.holdRoom(user, room);
      const { member, made } =
        user === who.user
          ? await store.join(user, room, limits.membersPerRoom, clock.now())
          : await store.add(who.user, room, user, limits.membersPerRoom, clock.now());
      // A list of rooms that was read meanwhile may have dropped what was not yet true.
      await line.holdRoom(user, room);
      await line.tell(user, { kind: 'room.added', room });
      return { member: await listedOne(member), made };
    },

    async change(who, room, user, { role, rev, ...own }) {
      const ownSaid = Object.keys(own).length > 0;
      if (ownSaid && user !== who.user) {
        await store.read(who.user, room, user);
        throw new Refusal('forbidden');
      }
      if (role !== undefined) paces.changes.take(who.user);
      let member: StoredMember | undefined;
      if (role !== undefined) member = await store.changeRole(who.user, room, user, role, rev, clock.now());
      if (ownSaid) {
        const owned = await store.own(who.user, room, own);
        member = owned.member;
        if (owned.changed) await line.tell(who.user, { kind: 'room.own', room, ...owned.own });
      }
      return listedOne(member ?? (await store.read(who.user, room, user)));
    },

    async end(who, room, user) {
      paces.changes.take(who.user);
      const now = clock.now();
      try {
        if (user === who.user) await store.leave(user, room, now);
        else await store.remove(who.user, room, user, now);
      } catch (error) {
        // Left before, and perhaps not told: what a crash left half done is finished.
        if (error instanceof Refusal && error.code === 'not_found' && user === who.user) await index.forget(user, room);
        throw error;
      }
      await line.tell(user, { kind: 'room.gone', room });
      await index.forget(user, room);
    },
  };
}

/** Of a server's people whose names begin so, so many are looked at for a search, so many at a time. */
const LOOKED_AT = 2_000;
const AT_ONCE = 200;

/** Where a list of members goes on: a score of the roster. */
const PLACE = /^\d{1,15}$/u;
