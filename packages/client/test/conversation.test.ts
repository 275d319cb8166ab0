import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { memoryStore, type RillError } from '@rill/client';
import type { FakePerson, FakeRoom } from '@rill/client/testing';
import type { Epoch, Nonce, RoomBody } from '@rill/protocol';
import { said, type Stage, stage } from './people.ts';

let at: Stage;
let ann: FakePerson;
let bob: FakePerson;
let hall: FakeRoom;

beforeEach(() => {
  at = stage();
  ann = at.server.person('ann');
  bob = at.server.person('bob');
  hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
});
afterEach(() => at.end());

test('two people talk: what is said is shown at once, and is one message everywhere', async () => {
  const a = await at.enter(ann);
  const b = await at.enter(bob);
  assert.equal(a.connection.snapshot().name, 'live');
  const here = a.room(hall.id);
  const there = b.room(hall.id);
  here.open();
  there.open();
  await at.clock.advance(50);

  const nonce = here.send('你好');
  assert.deepEqual(said(here), ['你好 (sending)']);
  const { key } = here.timeline.snapshot().items.at(-1) ?? {};
  assert.equal(key, nonce);
  await at.clock.advance(50);
  assert.deepEqual(said(here), ['你好']);
  assert.equal(here.timeline.snapshot().items.at(-1)?.key, nonce, 'the row stays the same row');
  assert.deepEqual(said(there), ['你好']);
  assert.equal(a.outbox.snapshot().items.length, 0);
  assert.equal(b.rooms.get(hall.id)?.unread, 1);
  assert.equal(b.rooms.snapshot().list[0]?.last?.seq, hall.log.length);

  there.markRead();
  assert.equal(b.rooms.get(hall.id)?.unread, 0);
  await at.clock.advance(50);
  assert.equal(hall.unread(bob.me.id), 0);
});

test('edit, recall and re-edit, hide, remove', async () => {
  const a = await at.enter(ann);
  const b = await at.enter(bob);
  const [here, there] = [a.room(hall.id), b.room(hall.id)];
  here.open();
  there.open();
  for (const text of ['one', 'two', 'three', 'four']) there.send(text);
  await at.clock.advance(500);
  assert.deepEqual(said(here), ['one', 'two', 'three', 'four']);
  const seqs = hall.log.filter((message) => message.kind === 'text').map((message) => message.seq);
  const [one = 0, two = 0, three = 0, four = 0] = seqs;

  const edited = there.edit(one, 'one!');
  const recalled = there.recall(two);
  const shown = there.timeline.snapshot().items.find((item) => item.kind === 'message' && item.seq === one);
  assert.equal(shown?.kind === 'message' && shown.act?.text, 'one!');
  const removed = here.remove(three, 'spam');
  const hidden = here.hide(four);
  assert.deepEqual(said(here), ['one', 'two', 'three'], 'what one hides is gone at once');
  await at.clock.advance(500);
  await Promise.all([edited, recalled, removed, hidden]);
  assert.deepEqual(said(here), ['one!', '(recalled)', '(removed)']);
  assert.deepEqual(said(there), ['one!', '(recalled)', '(removed)', 'four']);
  assert.equal(a.rooms.get(hall.id)?.unread, hall.unread(ann.me.id));

  assert.equal(there.reEdit(two), 'two');
  assert.equal(here.reEdit(two), undefined);
  const row = () => there.timeline.snapshot().items.find((item) => item.kind === 'message' && item.seq === two);
  assert.equal(row()?.kind === 'message' && (row() as { reEdit: boolean }).reEdit, true);
  await at.clock.advance(300_000);
  assert.equal(there.reEdit(two), undefined);
  assert.equal((row() as { reEdit: boolean }).reEdit, false);
});

test('what the server refuses stays visible, with the reason, until it is dismissed', async () => {
  const a = await at.enter(ann);
  const here = a.room(hall.id);
  here.open();
  here.send('too late to recall');
  await at.clock.advance(100);
  const seq = hall.log.length;
  at.server.isDown = true;
  at.server.cut();
  await at.clock.advance(125_000);
  const recall = here.recall(seq);
  at.server.isDown = false;
  a.connection.wake();
  await at.clock.advance(10_000);
  await assert.rejects(recall, { code: 'recall_closed' } satisfies Partial<RillError>);
  const item = here.timeline.snapshot().items.at(-1);
  assert.ok(item?.kind === 'message' && item.act?.error?.code === 'recall_closed');
  assert.equal(a.outbox.snapshot().failed.length, 1);
  here.dismiss(item.act.id);
  assert.equal(a.outbox.snapshot().items.length, 0);

  const nonce = here.send('   ');
  await at.clock.advance(100);
  assert.deepEqual(said(here).at(-1), '    (failed)');
  assert.equal(here.discard(nonce), '   ');
  assert.equal(said(here).length, 1);
});

test('P2 a room whose making was not answered is the same room when it is asked for again', async () => {
  const a = await at.enter(ann);
  const body: RoomBody = { kind: 'closed', name: 'Shed', members: [bob.me.id] };
  const make = async () => {
    const making = a.rooms.create(body);
    const done = making.catch(() => undefined);
    await at.clock.advance(50);
    await done;
    return making;
  };
  at.server.mischief = { asked: () => 'after' };
  await assert.rejects(make(), { code: 'network' });
  at.server.mischief = { asked: () => 'refuse' };
  await assert.rejects(make(), { code: 'unavailable' });
  at.server.mischief = {};
  const { id } = await make();
  const sheds = () => [...at.server.rooms.values()].filter(({ name }) => name === 'Shed').map((room) => room.id);
  assert.deepEqual(sheds(), [id]);
  const other = await make();
  assert.deepEqual(sheds(), [id, other.id], 'what was answered is done, and the next is another');
});

test('rooms: made, joined, direct, left; members; typing', async () => {
  const a = await at.enter(ann);
  const b = await at.enter(bob);
  const made = a.rooms.create({ kind: 'open', name: 'Garden' });
  await at.clock.advance(50);
  const garden = await made;
  assert.equal(a.rooms.snapshot().list.length, 2);
  const found = b.rooms.open();
  await at.clock.advance(50);
  assert.ok((await found).rooms.some((room) => room.id === garden.id && !room.joined));
  const joining = b.rooms.join(garden.id);
  await at.clock.advance(50);
  assert.equal((await joining).name, 'Garden');
  assert.equal(a.rooms.get(garden.id)?.members, 2);

  const direct = a.rooms.direct([bob.me.id]);
  await at.clock.advance(50);
  const { id } = await direct;
  assert.equal(b.rooms.get(id)?.kind, 'direct');
  assert.equal(b.people.get(ann.me.id)?.username, 'ann');

  b.room(id).typing();
  await at.clock.advance(50);
  const state = a.room(id).snapshot();
  assert.deepEqual(state.name === 'present' && state.typing, [bob.me.id]);
  await at.clock.advance(6_000);
  const later = a.room(id).snapshot();
  assert.deepEqual(later.name === 'present' && later.typing, []);

  const leaving = b.room(garden.id).leave();
  await at.clock.advance(50);
  await leaving;
  assert.equal(b.room(garden.id).snapshot().name, 'absent');
  assert.equal(b.rooms.get(garden.id), undefined);
});

test('somebody removed from a room has nothing of it left (P5)', async () => {
  const den = at.server.room({ kind: 'closed', name: 'Den' }, ann, bob);
  const b = await at.enter(bob);
  const room = b.room(den.id);
  room.open();
  at.server.change(den, () => den.send(ann.me.id, 'n1' as never, 'a secret'));
  await at.clock.advance(50);
  assert.deepEqual(said(room), ['a secret']);
  at.server.leave(den, bob.me.id, ann.me.id);
  at.server.change(den, () => den.send(ann.me.id, 'n2' as never, 'after'));
  await at.clock.advance(50);
  assert.equal(room.snapshot().name, 'absent');
  assert.deepEqual(room.timeline.snapshot().items, []);
});

test('unchanged things keep their identity', async () => {
  const a = await at.enter(ann);
  const room = a.room(hall.id);
  room.open();
  for (const text of ['one', 'two', 'three']) room.send(text);
  await at.clock.advance(200);
  assert.equal(room.timeline.snapshot(), room.timeline.snapshot());
  assert.equal(a.rooms.snapshot(), a.rooms.snapshot());
  const before = room.timeline.snapshot();
  room.send('four');
  const after = room.timeline.snapshot();
  assert.notEqual(before, after);
  assert.equal(after.items.length, before.items.length + 1);
  before.items.forEach((item, index) => assert.equal(after.items[index], item));
  assert.equal(a.room(hall.id), room);
});

test('who goes to a message arrives there, whatever is loaded anew meanwhile', async () => {
  const store = memoryStore();
  for (let each = 1; each <= 1_000; each += 1) hall.send(bob.me.id, `n${each}` as Nonce, `text ${each}`);
  const before = await at.enter(ann, { store });
  before.room(hall.id).open();
  await at.clock.advance(1_000);
  await before.close();
  for (const late of [0, 1, 2, 3, 4, 5, 6, 8, 10, 20]) {
    const client = await at.enter(ann, { store });
    const room = client.room(hall.id);
    // Another life of the room: nothing that the device has holds.
    hall.epoch = `e${late}` as Epoch;
    at.server.cut();
    room.open();
    await at.clock.advance(late);
    const arrived = room.timeline.jump(3);
    await at.clock.advance(5_000);
    assert.notEqual(await arrived, undefined, `asked for after ${late} ms`);
    const { first, last } = room.timeline.snapshot();
    assert.ok(first <= 3 && last >= 3, `${first}–${last} is shown, asked for after ${late} ms`);
    await client.close();
  }
});

test('what was hidden on another device while this one was away is hidden here, and nothing jumps', async () => {
  const store = memoryStore();
  const a = await at.enter(ann, { store });
  const room = a.room(hall.id);
  room.open();
  for (const text of ['one', 'two', 'three']) room.send(text);
  await at.clock.advance(500);
  const { turn } = room.timeline.snapshot();
  at.server.isDown = true;
  at.server.cut();
  const hideElsewhere = (seq: number) => {
    hall.hide(ann.me.id, seq);
    at.server.tell(ann.me.id, { kind: 'message.hidden', room: hall.id, seq, unread: 0 });
  };
  hideElsewhere(hall.log.length - 1);
  at.server.isDown = false;
  a.connection.wake();
  await at.clock.advance(1_000);
  assert.deepEqual(said(room), ['one', 'three']);
  assert.equal(room.timeline.snapshot().turn, turn);

  await a.close();
  hideElsewhere(hall.log.length);
  // A run in which the room is not opened does not forget that it has to be looked over.
  const between = await at.enter(ann, { store });
  await at.clock.advance(1_000);
  await between.close();
  const later = await at.enter(ann, { store });
  await at.clock.advance(100);
  const again = later.room(hall.id);
  again.open();
  await at.clock.advance(100);
  assert.deepEqual(said(again), ['one']);
});

test('what is looked over is in doubt until it was: a page that ends meanwhile leaves it to the next', async () => {
  const store = memoryStore();
  let latency = 1;
  const slow = stage({ latency: () => latency });
  const eve = slow.server.person('eve');
  const den = slow.server.room({ kind: 'open', name: 'Den' }, eve);
  const first = await slow.enter(eve, { store });
  first.room(den.id).open();
  for (const text of ['one', 'two']) first.room(den.id).send(text);
  await slow.clock.advance(1_000);
  await first.close();
  den.hide(eve.me.id, den.log.length);
  slow.server.tell(eve.me.id, { kind: 'message.hidden', room: den.id, seq: den.log.length, unread: 0 });

  const meanwhile = await slow.enter(eve, { store });
  latency = 10_000;
  meanwhile.room(den.id).open();
  await slow.clock.advance(1_000);
  await meanwhile.close();
  latency = 1;

  const later = await slow.enter(eve, { store });
  later.room(den.id).open();
  await slow.clock.advance(1_000);
  assert.deepEqual(said(later.room(den.id)), ['one']);
  await slow.end();
});
