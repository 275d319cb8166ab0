import type { Involvement, Role, RoomId, UserId } from '@rill/protocol';
import { field, fields } from './replies.ts';
import type { RoomCalls } from './room-calls.ts';
import { timeOf } from './rows.ts';

export interface StoredMember {
  readonly user: UserId;
  readonly role: Role;
  readonly joinedAt: string;
}

/** `made` is false when they were in the room already. */
export interface Admitted {
  readonly member: StoredMember;
  readonly made: boolean;
}

/** What of a room is a member's own. */
export interface Own {
  readonly involvement: Involvement;
  /** In the list of rooms once there is a message of this number: how a room is put aside. 0: always. */
  readonly listedFrom: number;
}

/** `changed` is false when it was so already. */
export interface Owned {
  readonly member: StoredMember;
  readonly own: Own;
  readonly changed: boolean;
}

export interface MembersPage {
  readonly members: readonly StoredMember[];
  readonly count: number;
  /** Where to go on. */
  readonly next?: string;
}

/** The members of rooms, which are the truth of who is where. The first user is always who asks. */
export interface MemberStore {
  join(user: UserId, room: RoomId, most: number, now: number): Promise<Admitted>;
  add(user: UserId, room: RoomId, other: UserId, most: number, now: number): Promise<Admitted>;
  leave(user: UserId, room: RoomId, now: number): Promise<void>;
  remove(user: UserId, room: RoomId, other: UserId, now: number): Promise<void>;
  /** `rev`: only if no role has changed after it. */
  changeRole(
    user: UserId,
    room: RoomId,
    other: UserId,
    role: Role,
    rev: number | undefined,
    now: number,
  ): Promise<StoredMember>;
  /** What of a room is one's own; what is not named stays. */
  own(user: UserId, room: RoomId, change: Partial<Own>): Promise<Owned>;
  read(user: UserId, room: RoomId, other: UserId): Promise<StoredMember>;
  /** Those of these, at least one, who are members. */
  among(user: UserId, room: RoomId, others: readonly UserId[]): Promise<MembersPage>;
  /** Owners, admins, members, each in the order of joining. */
  page(user: UserId, room: RoomId, after: string | undefined, limit: number): Promise<MembersPage>;
}

export function createMemberStore({ calls }: { calls: RoomCalls }): MemberStore {
  const admitted = (reply: readonly string[]): Admitted => ({
    member: memberOf(field(reply, 1)),
    made: reply[0] === 'ok',
  });
  return {
    join: async (user, room, most, now) => admitted(await calls.call('member_join', room, [user, now, most])),
    add: async (user, room, other, most, now) =>
      admitted(await calls.call('member_add', room, [user, now, most, other])),
    async leave(user, room, now) {
      await calls.call('member_leave', room, [user, now]);
    },
    async remove(user, room, other, now) {
      await calls.call('member_remove', room, [user, now, other]);
    },
    async changeRole(user, room, other, role, rev, now) {
      return memberOf(field(await calls.call('member_role', room, [user, now, other, role, rev ?? '']), 1));
    },
    async own(user, room, { involvement, listedFrom }) {
      const reply = await calls.call('member_own', room, [user, involvement ?? '', listedFrom ?? '']);
      return {
        member: memberOf(field(reply, 1)),
        // What a function of ours wrote is of the types it was given.
        own: { involvement: field(reply, 2) as Involvement, listedFrom: Number(field(reply, 3)) },
        changed: reply[0] === 'ok',
      };
    },
    async read(user, room, other) {
      return memberOf(field(await calls.read('member_read', room, [user, other]), 1));
    },
    async among(user, room, others) {
      const reply = await calls.read('members_among', room, [user, ...others]);
      return { members: reply.slice(2).map(memberOf), count: Number(field(reply, 1)) };
    },
    async page(user, room, after, limit) {
      const reply = await calls.read('members_page', room, [user, after ?? '', limit]);
      const next = field(reply, 2);
      return {
        members: reply.slice(3).map(memberOf),
        count: Number(field(reply, 1)),
        ...(next && { next }),
      };
    },
  };
}

function memberOf(row: string): StoredMember {
  const [user, role, joined] = fields(row);
  // What a function of ours wrote is of the types it was given.
  return { user: user as UserId, role: role as Role, joinedAt: timeOf(joined) };
}
