import type { RoomId } from '@rill/protocol';

export type Panel = 'members' | 'details' | 'find';
export type SettingsSection = 'profile' | 'look' | 'notifications' | 'privacy' | 'password' | 'sessions';
export type AdministrationSection = 'server' | 'invites' | 'users' | 'audit';

/** Every place of the face has one address, and it is made here. */
export const paths = {
  home: '/',
  room: (room: RoomId) => `/rooms/${room}`,
  message: (room: RoomId, seq: number) => `/rooms/${room}/${seq}`,
  /** A message beside what was found. */
  found: (room: RoomId, seq: number) => `/rooms/${room}/find/${seq}`,
  panel: (room: RoomId, panel: Panel) => `/rooms/${room}/${panel}`,
  newRoom: '/new/room',
  newDirect: '/new/direct',
  explore: '/explore',
  settings: (section?: SettingsSection) => (section === undefined ? '/settings' : `/settings/${section}`),
  administration: (section?: AdministrationSection) =>
    section === undefined ? '/administration' : `/administration/${section}`,
  signIn: '/sign-in',
  register: '/register',
  reset: '/reset',
} as const;
