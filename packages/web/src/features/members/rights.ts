import type { ListedMember, Role, Room, UserId } from '@rill/protocol';

/** What the reader may do about a member: owners act on all, admins on members. The server decides. */
export function actsOn(
  room: Pick<Room, 'kind' | 'role' | 'archived'>,
  member: Pick<ListedMember, 'role'> & { readonly user: { readonly id: UserId } },
  me: UserId,
): { readonly roles: readonly Role[]; readonly remove: boolean } {
  if (room.kind === 'direct' || room.archived || room.role === 'member') return { roles: [], remove: false };
  const own = member.user.id === me;
  if (room.role === 'owner') {
    const roles = (['owner', 'admin', 'member'] as const).filter((role) => role !== member.role);
    return { roles, remove: !own };
  }
  return { roles: [], remove: !own && member.role === 'member' };
}
