import type { Me, Room, User } from '@rill/protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type KeptEntry, type KeptTail, type Store, TAILS_MAX, USERS_MAX } from '../store.ts';

interface Schema extends DBSchema {
  facts: { key: 'me' | 'leaving' | 'avoidUntil'; value: Me | boolean | number | undefined };
  rooms: { key: string; value: Room };
  tails: { key: string; value: KeptTail; indexes: { openedAt: number } };
  users: { key: string; value: { user: User; at: number }; indexes: { at: number } };
  /** `run`: the page that sends it, or sent it while it lived. */
  entries: { key: string; value: { entry: KeptEntry; run: string } };
}

type Database = IDBPDatabase<Schema>;

const VERSION = 1;
const ALL = ['facts', 'rooms', 'tails', 'users', 'entries'] as const;

function openDatabase(name: string, lost: () => void): Promise<Database> {
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

/**
 * Keeps everything in the browser's IndexedDB. One name for each server. The database is opened at the first use, so
 * that a browser that forbids it costs nothing but what is kept.
 */
export function indexedDbStore(name = 'rill'): Store {
  const run = claimRun(name);
  let opened: Promise<Database> | undefined;
  const open = (): Promise<Database> => {
    const lost = () => {
      opened = undefined;
    };
    opened ??= openDatabase(name, lost).catch((error: unknown) => {
      lost();
      throw error;
    });
    return opened;
  };
  let lastUser = 0;
  return {
    async load() {
      const transaction = (await open()).transaction(['facts', 'rooms', 'tails', 'users']);
      const facts = transaction.objectStore('facts');
      const [me, leaving, avoidUntil, rooms, tails, users] = await Promise.all([
        facts.get('me'),
        facts.get('leaving'),
        facts.get('avoidUntil'),
        transaction.objectStore('rooms').getAll(),
        transaction.objectStore('tails').getAll(),
        transaction.objectStore('users').getAll(),
      ]);
      return {
        me: typeof me === 'object' ? me : undefined,
        leaving: leaving === true,
        avoidUntil: typeof avoidUntil === 'number' ? avoidUntil : undefined,
        rooms,
        tails,
        users: users.map(({ user }) => user),
      };
    },
    async saveMe(me) {
      await (await open()).put('facts', me, 'me');
    },
    async saveLeaving(leaving) {
      await (await open()).put('facts', leaving, 'leaving');
    },
    async saveAvoidUntil(until) {
      await (await open()).put('facts', until, 'avoidUntil');
    },
    async saveRooms(put, drop) {
      const transaction = (await open()).transaction('rooms', 'readwrite');
      for (const room of put) void transaction.store.put(room);
      for (const id of drop) void transaction.store.delete(id);
      await transaction.done;
    },
    async saveTails(put, drop) {
      const transaction = (await open()).transaction('tails', 'readwrite');
      for (const tail of put) void transaction.store.put(tail);
      for (const id of drop) void transaction.store.delete(id);
      const byAge = await transaction.store.index('openedAt').getAllKeys();
      for (const id of byAge.slice(0, Math.max(0, byAge.length - TAILS_MAX))) void transaction.store.delete(id);
      await transaction.done;
    },
    async saveUsers(users) {
      const transaction = (await open()).transaction('users', 'readwrite');
      for (const user of users) {
        lastUser = Math.max(lastUser + 1, Date.now());
        void transaction.store.put({ user, at: lastUser });
      }
      const byAge = await transaction.store.index('at').getAllKeys();
      for (const id of byAge.slice(0, Math.max(0, byAge.length - USERS_MAX))) void transaction.store.delete(id);
      await transaction.done;
    },
    async putEntry(entry) {
      // Strict: what somebody wrote survives a power cut too.
      const transaction = (await open()).transaction('entries', 'readwrite', { durability: 'strict' });
      void transaction.store.put({ entry, run: run.id });
      await transaction.done;
    },
    async dropEntry(id) {
      await (await open()).delete('entries', id);
    },
    async entries() {
      const alive = await run.others();
      const transaction = (await open()).transaction('entries', 'readwrite');
      const own: KeptEntry[] = [];
      for (const { entry, run: owner } of await transaction.store.getAll()) {
        if (owner !== run.id && alive.has(owner)) continue;
        if (owner !== run.id) void transaction.store.put({ entry, run: run.id });
        own.push(entry);
      }
      await transaction.done;
      return own.sort((a, b) => a.order - b.order);
    },
    async clear() {
      const transaction = (await open()).transaction([...ALL], 'readwrite');
      const facts = transaction.objectStore('facts');
      const [leaving, avoidUntil] = await Promise.all([facts.get('leaving'), facts.get('avoidUntil')]);
      for (const each of ALL) void transaction.objectStore(each).clear();
      if (leaving !== undefined) void facts.put(leaving, 'leaving');
      if (avoidUntil !== undefined) void facts.put(avoidUntil, 'avoidUntil');
      await transaction.done;
    },
    async close() {
      run.end();
      const db = await opened?.catch(() => undefined);
      db?.close();
      opened = undefined;
    },
  };
}

interface Run {
  readonly id: string;
  /** The other pages that are alive now; where that cannot be known, none: the server knows a nonce sent twice. */
  others(): Promise<ReadonlySet<string>>;
  end(): void;
}

/** A name for this page that others see as long as it lives: a lock, which the browser takes back from a dead page. */
function claimRun(name: string): Run {
  const prefix = `${name} run `;
  const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // Missing over plain http away from localhost.
  const locks: LockManager | undefined = 'locks' in navigator ? navigator.locks : undefined;
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    if (locks === undefined) return resolve();
    const until = new Promise<void>((ended) => {
      end = ended;
    });
    locks
      .request(prefix + id, () => {
        resolve();
        return until;
      })
      .catch(() => resolve());
  });
  return {
    id,
    async others() {
      await held;
      const { held: all = [] } = (await locks?.query().catch(() => undefined)) ?? {};
      return new Set(all.flatMap((lock) => (lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : [])));
    },
    end: () => end(),
  };
}
