import type { Me, Room, RoomId, User } from '@rill/protocol';
import { heardOf, type KeptEntry, type KeptTail, type Store, TAILS_MAX, USERS_MAX } from '../store.ts';

/** Keeps everything in this process: for several clients one after the other, and for tests. */
export function memoryStore(): Store {
  let me: Me | undefined;
  let leaving = false;
  let avoidUntil: number | undefined;
  const rooms = new Map<RoomId, Room>();
  const tails = new Map<RoomId, KeptTail>();
  const users = new Map<string, User>();
  const entries = new Map<string, KeptEntry>();
  return {
    load: async () => ({
      me,
      leaving,
      avoidUntil,
      rooms: [...rooms.values()],
      tails: [...tails.values()],
      users: [...users.values()],
    }),
    save: async (changes) => {
      const heard = heardOf(me, changes);
      me = heard.me;
      if (heard.isOther) for (const each of [rooms, tails, users]) each.clear();
      for (const room of changes.rooms) rooms.set(room.id, room);
      for (const id of changes.gone) rooms.delete(id);
      for (const tail of heard.tails) tails.set(tail.room, tail);
      for (const id of changes.tailless) tails.delete(id);
      const byAge = [...tails.values()].sort((a, b) => b.openedAt - a.openedAt);
      for (const { room } of byAge.slice(TAILS_MAX)) tails.delete(room);
      for (const user of changes.users) {
        users.delete(user.id);
        users.set(user.id, user);
      }
      for (const id of [...users.keys()].slice(0, Math.max(0, users.size - USERS_MAX))) users.delete(id);
    },
    saveLeaving: async (value) => {
      leaving = value;
    },
    saveAvoidUntil: async (value) => {
      avoidUntil = value;
    },
    putEntry: async (entry) => {
      entries.set(entry.id, entry);
    },
    dropEntry: async (id) => {
      entries.delete(id);
    },
    entries: async () => [...entries.values()].sort((a, b) => a.order - b.order),
    clear: async (user) => {
      for (const { id, user: whose } of [...entries.values()])
        if (user === undefined || whose === user) entries.delete(id);
      if (user !== undefined && me !== undefined && me.id !== user) return;
      me = undefined;
      for (const each of [rooms, tails, users]) each.clear();
    },
    close: async () => {},
  };
}
