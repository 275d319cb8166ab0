import type { Client, PeopleState } from '@rill/client';
import type { Room, User, UserId } from '@rill/protocol';
import type { Words } from '../i18n/words.ts';

/** How a user is called: the name chosen, else the username. */
export function nameOf(user: Pick<User, 'displayName' | 'username'> | undefined, words: Words): string {
  if (user === undefined) return words.rooms.unknownPerson;
  return user.displayName === '' ? user.username : user.displayName;
}

const SHORT = 14;
/** A name where there is little room, and something else is to be read beside it. */
export const shortened = (name: string): string =>
  [...name].length <= SHORT ? name : `${[...name].slice(0, SHORT - 1).join('')}…`;

/** The name behind an id; asks the server for it where it is not known yet. */
export function nameById(client: Client, id: UserId, words: Words): string {
  return nameOf(client.people.get(id), words);
}

/** How a room is called: a direct one by the people in it besides the reader. */
export function roomName(room: Room, me: UserId, words: Words, people?: PeopleState): string {
  if (room.kind !== 'direct') return room.name;
  const others = (room.people ?? []).filter((user) => user.id !== me);
  if (others.length === 0) return words.rooms.alone;
  return words.rooms.people(others.map((user) => nameOf(people?.users.get(user.id) ?? user, words)));
}

/** What a room's colour is taken from: in a conversation of two, the other person. */
export function roomSeed(room: Room, me: UserId): string {
  const others = (room.people ?? []).filter((user) => user.id !== me);
  return room.kind === 'direct' && others.length === 1 ? (others[0]?.id ?? room.id) : room.id;
}
