import type { RoomId, UserId } from '@rill/protocol';
import type { Accounts } from '../domain/accounts.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Rooms } from '../domain/rooms.ts';
import type { Who } from '../domain/who.ts';
import type { LineEntry, UserLine } from '../store/user-line.ts';
import type { Hubs } from './hubs.ts';
import { type Owned, Person } from './person.ts';
import { type Told, toldOf } from './told.ts';

export interface PeopleParts {
  readonly line: UserLine;
  readonly rooms: Rooms;
  readonly accounts: Accounts;
  readonly hubs: Hubs;
  /** Another node asks whether the user is here, or what others may know of it has changed. */
  readonly onAsked: (user: UserId) => void;
  readonly onFault: (error: unknown) => void;
}

/** The users who have a connection on this node. */
export interface People {
  find(user: UserId): Person | undefined;
  /** Puts a connection under its user's line; resolves when Redis has confirmed that entries come here. */
  enter(connection: Owned): Promise<Person>;
  leave(connection: Owned): void;
  all(): Iterable<Person>;
}

interface Entry {
  readonly person: Person;
  readonly opened: Promise<() => Promise<void>>;
}

export function createPeople(parts: PeopleParts): People {
  const entries = new Map<UserId, Entry>();

  async function load(person: Person, rev: number, entry: LineEntry): Promise<Told | undefined> {
    const { who } = person;
    if (who === undefined) return undefined;
    switch (entry.kind) {
      case 'room.added':
        return added(who, rev, entry.room);
      case 'room.gone':
        return toldOf(rev, { kind: 'room.gone', room: entry.room }, { gone: entry.room });
      case 'me.changed':
        return changed(person, who, rev);
      case 'sessions.ended':
        return toldOf(rev, { kind: 'sessions.changed' });
      case 'presence.asked':
        return undefined;
      case 'room.read':
      case 'message.hidden':
      case 'room.own':
        return toldOf(rev, entry);
    }
  }

  async function changed(person: Person, who: Who, rev: number): Promise<Told> {
    const me = await parts.accounts.me(who);
    if (person.hidesPresence !== me.hidePresence) {
      person.hidesPresence = me.hidePresence;
      parts.onAsked(person.user);
    }
    return toldOf(rev, { kind: 'me.changed', me }, { role: me.role });
  }

  async function added(who: Who, rev: number, id: RoomId): Promise<Told> {
    // Subscribed first, read afterwards: nothing can fall in between.
    const hub = await parts.hubs.open(id);
    try {
      const room = await parts.rooms.one(who, id);
      return toldOf(rev, { kind: 'room.added', room }, { added: { hub, room } });
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') {
        return toldOf(rev, { kind: 'room.gone', room: id }, { gone: id });
      }
      throw error;
    }
  }

  function make(user: UserId): Entry {
    const person = new Person(user, { load, onAsked: parts.onAsked, onFault: parts.onFault });
    const opened = parts.line.subscribe(user, (rev, entry) => person.receive(rev, entry));
    const entry = { person, opened };
    opened.catch(() => {
      if (entries.get(user) === entry) entries.delete(user);
    });
    entries.set(user, entry);
    return entry;
  }

  return {
    find: (user) => entries.get(user)?.person,
    async enter(connection) {
      const { user } = connection.who;
      const { person, opened } = entries.get(user) ?? make(user);
      person.add(connection);
      await opened;
      return person;
    },
    leave(connection) {
      const { user } = connection.who;
      const entry = entries.get(user);
      entry?.person.remove(connection);
      if (entry === undefined || entry.person.size > 0) return;
      entries.delete(user);
      entry.opened.then((unsubscribe) => unsubscribe()).catch(() => {});
    },
    *all() {
      for (const { person } of entries.values()) yield person;
    },
  };
}
