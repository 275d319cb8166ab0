import type {
  ListedMember,
  MemberChange,
  Members,
  MembersQuery,
  OpenRoom,
  OpenRooms,
  Room,
  RoomBody,
  RoomChange,
  RoomId,
  RoomsQuery,
  UserId,
} from '@rill/protocol';
import { at, type Rest } from '../rest.ts';

export type RoomCalls = ReturnType<typeof roomCalls>;

/** Rooms and who is in them. */
export const roomCalls = (rest: Rest) => ({
  open: (query: Omit<RoomsQuery, 'scope'>) => rest.call<OpenRooms>('GET', at('/rooms', { ...query, scope: 'open' })),
  create: (body: RoomBody) => rest.call<Room>('POST', '/rooms', body),
  card: (room: RoomId) => rest.call<OpenRoom>('GET', `/rooms/${room}/card`),
  one: (room: RoomId) => rest.call<Room>('GET', `/rooms/${room}`),
  change: (room: RoomId, change: RoomChange) => rest.call<Room>('PATCH', `/rooms/${room}`, change),
  members: (room: RoomId, query: MembersQuery) => rest.call<Members>('GET', at(`/rooms/${room}/members`, { ...query })),
  putMember: (room: RoomId, user: UserId | 'me') => rest.call<ListedMember>('PUT', `/rooms/${room}/members/${user}`),
  changeMember: (room: RoomId, user: UserId | 'me', change: MemberChange) =>
    rest.call<ListedMember>('PATCH', `/rooms/${room}/members/${user}`, change),
  endMember: (room: RoomId, user: UserId | 'me') => rest.call<void>('DELETE', `/rooms/${room}/members/${user}`),
});
