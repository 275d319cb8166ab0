import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageItem } from '@rill/client';
import type { RoomId, SystemNote, UserId } from '@rill/protocol';
import { createFolding } from '../src/features/timeline/folding.ts';

const fold = (items: readonly MessageItem[]) => createFolding()(items);

const room = '7f0123456789abcdef' as RoomId;
const [ada, bo, chen, dee] = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'] as UserId[] as [
  UserId,
  UserId,
  UserId,
  UserId,
];
const NOON = Date.parse('2026-03-04T04:00:00.000Z');

function item(seq: number, author: UserId, kind: object, at = NOON + seq * 1_000): MessageItem {
  const message = { room, seq, rev: seq, author, at: new Date(at).toISOString(), ...kind };
  return { kind: 'message', key: `k${seq}`, seq, message, mine: false, reEdit: false } as MessageItem;
}
const note = (seq: number, author: UserId, note: SystemNote, at?: number) =>
  item(seq, author, { kind: 'system', note }, at);
const added = (seq: number, author: UserId, user: UserId, at?: number) =>
  note(seq, author, { code: 'member.added', user }, at);
const told = (rows: ReturnType<typeof fold>) =>
  rows.map((row) => (row.kind === 'message' ? [row.key, row.seq, row.told ?? []] : row.key));

test('who adds several people does so in one row: under the first key, with the last number', () => {
  const items = [
    added(1, ada, bo),
    added(2, ada, chen),
    added(3, ada, dee),
    item(4, ada, { kind: 'text', text: 'hi' }),
  ];
  assert.deepEqual(told(fold(items)), [
    ['k1', 3, [bo, chen, dee]],
    ['k4', 4, []],
  ]);
});

test('those who join one after the other are one row', () => {
  const joined = (seq: number, who: UserId) => note(seq, who, { code: 'member.joined' });
  assert.deepEqual(told(fold([joined(1, ada), joined(2, bo), joined(3, ada)])), [['k1', 3, [ada, bo, ada]]]);
});

test('what another did, something else, or what comes later is a row of its own', () => {
  const apart = [
    [added(1, ada, bo), added(2, chen, dee)],
    [added(1, ada, bo), note(2, ada, { code: 'member.removed', user: bo })],
    [added(1, ada, bo, NOON), added(2, ada, chen, NOON + 300_000)],
    [added(1, ada, bo), item(2, ada, { kind: 'text', text: 'hi' }), added(3, ada, chen)],
    [note(1, ada, { code: 'room.created' }), note(2, ada, { code: 'room.created' })],
  ];
  for (const items of apart) assert.equal(fold(items), items);
  assert.equal(fold([added(1, ada, bo, NOON), added(2, ada, chen, NOON + 299_999)]).length, 1);
});

test('what is kept from before is what would be made anew, whatever changes where', () => {
  // Notes are few kinds by few people, seconds and minutes apart: they meet, and are parted, all the time.
  const some = fc.record({
    kind: fc.constantFrom('said', 'joined', 'added', 'removed'),
    who: fc.constantFrom(ada, bo),
    after: fc.constantFrom(1_000, 400_000),
  });
  const change = fc.record({
    from: fc.nat({ max: 40 }),
    take: fc.constantFrom(0, 0, 1, 2, 40),
    put: fc.array(some, { maxLength: 4 }),
    atEnd: fc.boolean(),
  });
  let seq = 0;
  let at = NOON;
  const make = ({ kind, who, after }: { kind: string; who: UserId; after: number }) => {
    seq += 1;
    at += after;
    if (kind === 'said') return item(seq, who, { kind: 'text', text: 'hi' }, at);
    if (kind === 'joined') return note(seq, who, { code: 'member.joined' }, at);
    return note(seq, who, { code: kind === 'added' ? 'member.added' : 'member.removed', user: chen }, at);
  };
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
      const keeps = createFolding();
      let items: MessageItem[] = [];
      for (const { from, take, put, atEnd } of changes) {
        items = [...items];
        items.splice(atEnd ? items.length : from, take, ...put.map(make));
        assert.deepEqual(keeps(items), fold(items));
      }
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});
