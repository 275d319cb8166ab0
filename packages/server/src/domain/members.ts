import type { ListedMember, MemberChange, MembersQuery, RoomId, UserId, Members as WireMembers } from '@rill/protocol';
import type { Who } from './who.ts';

/** Who is in a room. */
export interface Members {
  /** Owners first, then admins, then members, each in the order of joining. */
  list(who: Who, room: RoomId, query: MembersQuery): Promise<WireMembers>;
  /** Joins an open room (oneself) or adds somebody; asked again, it repairs what a crash left half done. */
  put(who: Who, room: RoomId, user: UserId): Promise<{ member: ListedMember; made: boolean }>;
  change(who: Who, room: RoomId, user: UserId, change: MemberChange): Promise<ListedMember>;
  /** Leaves (oneself) or removes somebody. */
  end(who: Who, room: RoomId, user: UserId): Promise<void>;
}
