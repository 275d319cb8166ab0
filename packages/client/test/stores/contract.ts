import type { Changes, KeptEntry, KeptTail, Store } from '@rill/client';

/** What a store is tried with: no library, so that it runs in a page as well. */
export interface StoreTrial {
  /** A new, empty store. */
  open(): Promise<Store>;
  /** The same store as a later run of the program finds it. */
  reopen(store: Store): Promise<Store>;
}

const text = (value: unknown) => JSON.stringify(value);

function equal(actual: unknown, expected: unknown, what = 'as it was written'): void {
  if (text(actual) !== text(expected)) throw new Error(`${what}: ${text(actual)} is not ${text(expected)}`);
}

const room = (id: string, more: object = {}) => ({ id, name: id, unread: 0, ...more }) as never;
const user = (id: string) => ({ id, username: id }) as never;
const me = (rev = 1, id = 'u1') => ({ id, username: 'ann', rev }) as never;
const nothing: Changes = { me: undefined, rooms: [], gone: [], tails: [], tailless: [], users: [] };
const gone = (...ids: string[]) => ids as never[];
const tail = (id: string, openedAt: number) =>
  ({
    room: id,
    cursor: { rev: 1, epoch: 'e' },
    messages: [{ seq: 1, text: '你好\u2028' }],
    doubted: false,
    openedAt,
  }) as never as KeptTail;
const entry = (id: string, order: number, more: object = {}) =>
  ({
    id,
    user: 'u1',
    room: 'r1',
    order,
    at: 1,
    asked: { kind: 'send', nonce: id, text: 'hi' },
    ...more,
  }) as never as KeptEntry;

/** Every store does all of this. */
export const contract: Readonly<Record<string, (trial: StoreTrial) => Promise<void>>> = {
  'begins empty': async ({ open }) => {
    const store = await open();
    equal(await store.load(), { leaving: false, rooms: [], tails: [], users: [] });
    equal(await store.entries(), []);
  },
  'keeps everything over a restart': async ({ open, reopen }) => {
    const store = await open();
    await store.save({
      ...nothing,
      me: me(),
      rooms: [room('r1'), room('r2')],
      tails: [tail('r1', 5)],
      users: [user('u2')],
    });
    await store.putEntry(entry('n1', 1));
    const later = await reopen(store);
    const kept = await later.load();
    equal(kept.me, me());
    equal(kept.rooms, [room('r1'), room('r2')]);
    equal(kept.tails, [tail('r1', 5)]);
    equal(kept.users, [user('u2')]);
    equal(await later.entries(), [entry('n1', 1)]);
  },
  'replaces and forgets': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, rooms: [room('r1'), room('r2')], tails: [tail('r1', 1), tail('r2', 2)] });
    await store.save({
      ...nothing,
      rooms: [room('r2', { unread: 3 })],
      gone: gone('r1'),
      tails: [tail('r2', 3)],
      tailless: gone('r1'),
    });
    const later = await reopen(store);
    const kept = await later.load();
    equal(kept.rooms, [room('r2', { unread: 3 })]);
    equal(kept.tails, [tail('r2', 3)]);
  },
  'believes no page that has heard less of its user than another': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, me: me(7), tails: [tail('r1', 1)] });
    await store.save({ ...nothing, me: me(6), tails: [tail('r2', 2)] });
    const kept = await (await reopen(store)).load();
    equal(kept.me, me(7));
    equal(kept.tails, [tail('r1', 1), { ...tail('r2', 2), doubted: true }]);
    await store.save({ ...nothing, me: me(8), tails: [tail('r2', 2)] });
    equal((await store.load()).tails, [tail('r1', 1), tail('r2', 2)]);
    await store.save({ ...nothing, me: me(1, 'u2') });
    equal((await store.load()).me?.rev, 1, 'of somebody else');
  },
  'keeps nothing of whoever was there before, but what they asked': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, me: me(9), rooms: [room('r1')], tails: [tail('r1', 1)], users: [user('u3')] });
    await store.putEntry(entry('n1', 1));
    await store.save({ ...nothing, me: me(1, 'u2'), rooms: [room('r2')] });
    const later = await reopen(store);
    const kept = await later.load();
    equal([kept.me?.id, kept.rooms, kept.tails, kept.users], ['u2', [room('r2')], [], []]);
    equal((await later.entries()).length, 1);
  },
  'forgets one user, and nothing of another who has signed in since': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, me: me(1, 'u2'), rooms: [room('r2')] });
    await store.putEntry(entry('n1', 1));
    await store.putEntry(entry('n2', 2, { user: 'u2' }));
    await store.clear('u1' as never);
    const later = await reopen(store);
    equal(
      (await later.entries()).map(({ id }) => id),
      ['n2'],
    );
    equal((await later.load()).rooms, [room('r2')]);
    await later.clear('u2' as never);
    equal([await later.entries(), (await later.load()).rooms, (await later.load()).me], [[], [], undefined]);
  },
  'takes over all of what changed, or nothing': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, me: me(1), rooms: [room('r1')] });
    const unkeepable = { ...tail('r1', 1), messages: [() => {}] } as never;
    const failed = await store.save({ ...nothing, me: me(2), rooms: [room('r2')], tails: [unkeepable] }).then(
      () => false,
      () => true,
    );
    const kept = await (await reopen(store)).load();
    equal([kept.me?.rev, kept.rooms.length], failed ? [1, 1] : [2, 2]);
  },
  'gives the outbox in the order in which it was asked': async ({ open, reopen }) => {
    const store = await open();
    for (const [id, order] of [
      ['b', 2],
      ['c', 3],
      ['a', 1],
    ] as const)
      await store.putEntry(entry(id, order));
    await store.putEntry(entry('b', 2, { failure: { code: 'muted', status: 403 } }));
    await store.dropEntry('c');
    const later = await reopen(store);
    equal(
      (await later.entries()).map((each) => [each.id, each.failure?.code]),
      [
        ['a', undefined],
        ['b', 'muted'],
      ],
    );
    await later.dropEntry('nobody');
  },
  'keeps the 50 tails that were opened last': async ({ open, reopen }) => {
    const store = await open();
    const tails = Array.from({ length: 60 }, (_, index) => tail(`r${index}`, index));
    await store.save({ ...nothing, tails });
    const kept = await (await reopen(store)).load();
    equal(kept.tails.length, 50);
    equal(Math.min(...kept.tails.map((each) => each.openedAt)), 10, 'the oldest is gone');
  },
  'keeps the 1,000 cards that were learnt last': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, users: Array.from({ length: 1_000 }, (_, index) => user(`a${index}`)) });
    await store.save({ ...nothing, users: [user('a0'), user('b1'), user('b2')] });
    const kept = await (await reopen(store)).load();
    const ids = kept.users.map((each) => each.id as string);
    equal(ids.length, 1_000);
    equal(
      ['a0', 'a1', 'a2', 'a3', 'b2'].map((id) => ids.includes(id)),
      [true, false, false, true, true],
    );
  },
  'forgets everything at once, but not that a sign-out is owed': async ({ open, reopen }) => {
    const store = await open();
    await store.save({ ...nothing, me: me(), rooms: [room('r1')], tails: [tail('r1', 1)], users: [user('u1')] });
    await store.putEntry(entry('n1', 1));
    await store.saveLeaving(true);
    await store.clear();
    const later = await reopen(store);
    equal(await later.load(), { leaving: true, rooms: [], tails: [], users: [] });
    equal(await later.entries(), []);
    await later.saveLeaving(false);
    equal((await later.load()).leaving, false);
  },
};
