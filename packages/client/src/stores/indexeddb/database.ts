import type { Me, Room, User } from '@rill/protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeptEntry, KeptTail } from '../../store.ts';

/** What is where. `users.at` is when a card was learnt. */
export interface Schema extends DBSchema {
  facts: { key: 'me' | 'leaving' | 'avoidUntil'; value: Me | boolean | number | undefined };
  rooms: { key: string; value: Room };
  tails: { key: string; value: KeptTail; indexes: { openedAt: number } };
  users: { key: string; value: { user: User; at: number }; indexes: { at: number } };
  /** `run`: the page that sends it, or sent it while it lived. */
  entries: { key: string; value: { entry: KeptEntry; run: string } };
}

export type Database = IDBPDatabase<Schema>;

const VERSION = 1;
/** What was said by others, and who is signed in. */
export const KEPT = ['facts', 'rooms', 'tails', 'users'] as const;
export const ALL = [...KEPT, 'entries'] as const;

/** Opens the database, made at its first use. `lost`: the browser took it away. */
export function openDatabase(name: string, lost: () => void): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(db) {
      db.createObjectStore('facts');
      db.createObjectStore('rooms', { keyPath: 'id' });
      db.createObjectStore('tails', { keyPath: 'room' }).createIndex('openedAt', 'openedAt');
      db.createObjectStore('users', { keyPath: 'user.id' }).createIndex('at', 'at');
      db.createObjectStore('entries', { keyPath: 'entry.id' });
    },
    // A newer page waits for this one to let go of the old form.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    // The browser took it away (a full disk, storage that was cleared): the next use opens it anew.
    terminated: lost,
  });
}
