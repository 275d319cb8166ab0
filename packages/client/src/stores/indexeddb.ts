import type { KeptEntry, Store } from '../store.ts';
import { saveChanges } from './indexeddb/changes.ts';
import { ALL, type Database, KEPT, openDatabase } from './indexeddb/database.ts';
import { claimRun } from './indexeddb/run.ts';

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
      const transaction = (await open()).transaction([...KEPT]);
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
    async save(changes) {
      await saveChanges(await open(), changes, () => {
        lastUser = Math.max(lastUser + 1, Date.now());
        return lastUser;
      });
    },
    async saveLeaving(leaving) {
      await (await open()).put('facts', leaving, 'leaving');
    },
    async saveAvoidUntil(until) {
      await (await open()).put('facts', until, 'avoidUntil');
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
    async clear(user) {
      const transaction = (await open()).transaction([...ALL], 'readwrite');
      const entries = transaction.objectStore('entries');
      const facts = transaction.objectStore('facts');
      const [me, all] = await Promise.all([facts.get('me'), entries.getAll()]);
      for (const { entry } of all) if (user === undefined || entry.user === user) void entries.delete(entry.id);
      const isOthers = user !== undefined && typeof me === 'object' && me.id !== user;
      if (!isOthers) {
        void facts.delete('me');
        for (const each of KEPT) if (each !== 'facts') void transaction.objectStore(each).clear();
      }
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
