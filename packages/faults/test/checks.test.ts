import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHistory } from '../src/checks/check.ts';
import { canariesOfRecalled, holdsNone } from '../src/checks/recall.ts';
import type { Entry, Operation, Reading, Sighting, Turn } from '../src/history/record.ts';

const ROOM = 'r';
const EPOCH = 'e';

const send = (key: string, seq: number, start: number, more: Partial<Operation> = {}): Operation => ({
  is: 'operation',
  start,
  end: start + 1,
  proc: 'w',
  user: 'ann',
  act: 'send',
  outcome: 'ok',
  room: ROOM,
  epoch: EPOCH,
  key,
  canary: `c-${key}`,
  seq,
  ...more,
});
const seen = (rev: number, key: string | undefined, more: Partial<Sighting> = {}): Sighting => ({
  is: 'sighting',
  start: 100,
  at: 100,
  proc: 'o',
  user: 'bob',
  node: 'n1',
  path: 'live',
  room: ROOM,
  epoch: EPOCH,
  rev,
  event: 'message.sent',
  seq: rev,
  version: rev,
  author: 'ann',
  state: 'text',
  canaries: key === undefined ? [] : [`c-${key}`],
  ...more,
});
const turn = (what: Turn['what'], rev: number): Turn => ({
  is: 'turn',
  at: 0,
  proc: 'o',
  user: 'bob',
  what,
  room: ROOM,
  epoch: EPOCH,
  rev,
});
const reading = (more: Partial<Reading> = {}): Reading => ({
  is: 'reading',
  start: 200,
  at: 201,
  proc: 'final',
  user: 'ann',
  node: 'n1',
  room: ROOM,
  epoch: EPOCH,
  rev: 2,
  seq: 2,
  final: true,
  owners: 1,
  unread: 0,
  unreadListed: 0,
  ...more,
});
const { rev: _rev, event: _event, ...still } = seen(1, 'a');
const paged = (seq: number, key: string, more: Partial<Sighting> = {}): Sighting => ({
  ...still,
  path: 'page',
  proc: 'final',
  start: 200,
  at: 201,
  seq,
  version: seq,
  canaries: [`c-${key}`],
  ...more,
});

const { key: _k, canary: _c, seq: _s, ...anything } = send('x', 1, 0);
const letIn = (target: string): Operation => ({ ...anything, act: 'add', user: 'own', target });

/** Two messages, seen live and in the final reading: nothing is wrong with it. */
const good: Entry[] = [
  letIn('ann'),
  letIn('bob'),
  send('a', 1, 10),
  send('b', 2, 20),
  turn('attached', 0),
  seen(1, 'a'),
  seen(2, 'b'),
  reading(),
  paged(1, 'a'),
  paged(2, 'b'),
];

const rules = (entries: readonly Entry[]): string[] => [...new Set(checkHistory(entries).map((each) => each.rule))];
const unsent = good.filter((each) => each.is !== 'operation' || each.act !== 'send');
const without = (...gone: Entry[]): Entry[] => good.filter((each) => !gone.includes(each));

test('a history in which all is well is green', () => {
  assert.deepEqual(checkHistory(good), []);
});

test('I1 an acknowledged message that is not in the final history', () => {
  assert.deepEqual(rules([...good, send('lost', 3, 30, { user: 'cid' })]), ['I1']);
});

test('I1 an acknowledged message that holds another text', () => {
  assert.ok(rules([...without(good[9] as Entry), send('c', 2, 20, { user: 'ann' }), paged(2, 'a')]).includes('I1'));
});

test('I2 a text that nobody sent, and one that was refused', () => {
  assert.deepEqual(rules([...good, seen(3, 'ghost')]), ['I2']);
  const refused = send('no', 3, 30, { outcome: 'fail' });
  assert.deepEqual(rules([...good, refused, seen(3, 'no')]), ['I2']);
});

test('I3 one nonce acknowledged as two messages, one text in two places, one rev twice', () => {
  assert.ok(rules([...good, send('a', 2, 40)]).includes('I3'));
  assert.ok(rules([...good, seen(3, 'a')]).includes('I3'));
  assert.deepEqual(rules([...good, seen(2, 'b')]), ['I3']);
});

test('I4 two observers see different messages at one seq, different events at one rev, an older version', () => {
  assert.ok(rules([...good, paged(2, 'b', { author: 'eve', proc: 'p' })]).includes('I4'));
  assert.ok(
    rules([
      ...good,
      seen(3, undefined, { event: 'member.left', subject: 'eve', path: 'events', proc: 'p', seq: 3 }),
      seen(3, undefined, { event: 'member.left', subject: 'bob', path: 'events', proc: 'q', seq: 3 }),
    ]).includes('I4'),
  );
  assert.deepEqual(rules([...good, paged(1, 'a', { version: 5 }), paged(1, 'a', { version: 4 })]), ['I4']);
});

test('I5 a hole, a foreign epoch, an event without attaching', () => {
  assert.deepEqual(rules([...good, seen(4, undefined, { event: 'message.edited', seq: 1 })]), ['I5']);
  assert.deepEqual(rules([...good, seen(3, undefined, { epoch: 'f', event: 'message.edited', seq: 1 })]), ['I5']);
  assert.deepEqual(rules(without(good[4] as Entry)), ['I5']);
  assert.deepEqual(rules([...good, turn('resync', 9), seen(10, undefined, { event: 'message.edited', seq: 1 })]), []);
});

test('I6 a message that began after another was acknowledged stands before it', () => {
  assert.deepEqual(rules([send('b', 2, 10), send('a', 1, 20), ...unsent]), ['I6']);
  // Not so when its first try, unanswered, had begun before.
  const early = send('a', 1, 5, { outcome: 'info' });
  assert.deepEqual(rules([early, send('b', 2, 10), send('a', 1, 20), ...unsent]), []);
});

test('I7 an event after the removal, and a page after its acknowledgement', () => {
  const left = seen(3, undefined, { event: 'member.left', subject: 'bob', seq: 3, author: 'ann', state: 'system' });
  const end: Operation = { ...send('x', 3, 30), act: 'end', target: 'bob' };
  const { key: _key, canary: _canary, ...removal } = end;
  assert.deepEqual(rules([...good, left]), []);
  assert.deepEqual(rules([...good, left, seen(4, undefined, { event: 'message.edited', seq: 1 })]), ['I7']);
  const late = paged(1, 'a', { proc: 'p', start: 50, at: 51 });
  assert.deepEqual(rules([...good, removal, late]), ['I7']);
  const back: Operation = { ...removal, act: 'add', start: 40, end: 41 };
  assert.deepEqual(rules([...good, removal, back, late]), []);
});

test('I7 somebody who was never let in sees a page', () => {
  assert.deepEqual(rules([...good, paged(1, 'a', { user: 'eve', proc: 'p' })]), ['I7']);
});

test('I8 a text after its recall: by request, on a connection, in bytes', () => {
  const { key: _key, canary: _canary, ...plain } = send('x', 1, 30);
  const recall: Operation = { ...plain, act: 'recall' };
  const calm = good.map((each) =>
    each.is === 'sighting' && each.path === 'page' && each.seq === 1
      ? { ...each, state: 'recalled' as const, canaries: [] }
      : each,
  );
  assert.deepEqual(rules([...calm, recall]), []);
  assert.deepEqual(rules([...good, recall]), ['I8']);
  const told = seen(3, undefined, { event: 'message.recalled', seq: 1, state: 'recalled' });
  const after = seen(4, 'a', { event: 'message.edited', seq: 1 });
  assert.deepEqual(rules([...calm, recall, told, after]), ['I8']);
  assert.equal(holdsNone(Buffer.from('…c-a…'), ['c-a', 'c-b'], 'the file', 'I8').length, 1);
});

test('I9 a page begun after one’s own acknowledgement that does not go so far', () => {
  assert.deepEqual(rules([...good, reading({ proc: 'p', seq: 1, final: false })]), ['I9']);
});

test('I10 an unread badge that its list does not explain', () => {
  assert.deepEqual(rules([...good, reading({ unread: 2, unreadListed: 1 })]), ['I10']);
});

test('I13 a room without an owner', () => {
  assert.deepEqual(rules([...good, reading({ owners: 0 })]), ['I13']);
});

test('P7 a request with an ended session, and what was said two seconds after its end', () => {
  const out: Operation = { ...send('', 0, 100), act: 'sign-out', proc: 'v-1', user: 'vic' };
  const { key: _, canary: __, ...end } = out;
  const look: Operation = { ...end, act: 'look', start: 102, end: 103 };
  const heard = (at: number) => [send('late', 7, at), seen(7, 'late', { proc: 'v-1', user: 'vic', at: 9_000 })];
  const rules = (entries: Entry[]) =>
    checkHistory([end, ...entries])
      .filter(({ rule }) => rule === 'P7')
      .map(({ says }) => says);
  assert.deepEqual(rules([{ ...look, outcome: 'fail' }, ...heard(2_000)]), []);
  assert.equal(rules([look]).length, 1);
  assert.equal(rules(heard(2_200)).length, 1);
  assert.deepEqual(rules([{ ...look, start: 50, end: 60 }]), []);
});

test('I8 a text that a failover took back and that stands elsewhere now is not one that was recalled there', () => {
  const { canary: _, ...asked } = send('none', 5, 30);
  const recall: Operation = { ...asked, act: 'recall' };
  const history: Entry[] = [
    seen(5, 'lost', { epoch: 'before' }),
    send('lost', 8, 10),
    send('recalled', 5, 20),
    seen(5, 'recalled'),
    seen(5, 'never acknowledged', { epoch: 'before' }),
    recall,
  ];
  assert.deepEqual([...canariesOfRecalled(history)].sort(), ['c-never acknowledged', 'c-recalled']);
});
