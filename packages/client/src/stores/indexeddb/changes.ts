import { type Changes, heardOf, TAILS_MAX, USERS_MAX } from '../../store.ts';
import { type Database, KEPT } from './database.ts';

/** See `Store.save`. `learntAt`: a number for each card, higher than any before. */
export async function saveChanges(db: Database, changes: Changes, learntAt: () => number): Promise<void> {
  const transaction = db.transaction([...KEPT], 'readwrite');
  const facts = transaction.objectStore('facts');
  const rooms = transaction.objectStore('rooms');
  const tails = transaction.objectStore('tails');
  const users = transaction.objectStore('users');
  const kept = await facts.get('me');
  const heard = heardOf(typeof kept === 'object' ? kept : undefined, changes);
  const steps: (() => Promise<unknown>)[] = [
    ...(heard.isOther ? [rooms, tails, users].map((each) => () => each.clear()) : []),
    ...(heard.me === undefined ? [] : [() => facts.put(heard.me, 'me')]),
    ...changes.rooms.map((room) => () => rooms.put(room)),
    ...changes.gone.map((id) => () => rooms.delete(id)),
    ...heard.tails.map((tail) => () => tails.put(tail)),
    ...changes.tailless.map((id) => () => tails.delete(id)),
    ...changes.users.map((user) => () => users.put({ user, at: learntAt() })),
  ];
  if (heard.tails.length > 0)
    steps.push(async () => trim(tails, await tails.index('openedAt').getAllKeys(), TAILS_MAX));
  if (changes.users.length > 0) steps.push(async () => trim(users, await users.index('at').getAllKeys(), USERS_MAX));
  try {
    // Async: what cannot even be asked for fails like what is refused, and everything waits for everything.
    await Promise.all([...steps.map(async (step) => step()), transaction.done]);
  } catch (error) {
    // What was written of it must not stay.
    try {
      transaction.abort();
    } catch {
      // The browser has done it.
    }
    throw error;
  }
}

/** Lets go of the first of some keys, in the order of what they are kept by. */
async function trim(
  store: { delete(key: string): Promise<void> },
  keys: readonly string[],
  max: number,
): Promise<unknown> {
  return Promise.all(keys.slice(0, Math.max(0, keys.length - max)).map((key) => store.delete(key)));
}
