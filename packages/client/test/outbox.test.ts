import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { memoryStore, type Store } from '@rill/client';
import type { FakePerson, FakeRoom } from '@rill/client/testing';
import { said, type Stage, stage } from './people.ts';

let at: Stage;
let ann: FakePerson;
let hall: FakeRoom;
let store: Store;

beforeEach(() => {
  at = stage();
  ann = at.server.person('ann');
  hall = at.server.room({ kind: 'open', name: 'Hall' }, ann);
  store = memoryStore();
});
afterEach(() => at.end());

const texts = () => hall.log.flatMap((message) => ('text' in message ? [message.text] : []));

test('P2 what was written offline survives a reload and is sent once, in order', async () => {
  const first = await at.enter(ann, { store });
  first.room(hall.id).open();
  first.room(hall.id).send('before');
  await at.clock.advance(50);
  const seq = hall.log.length;
  at.server.isDown = true;
  at.server.cut();
  const room = first.room(hall.id);
  for (const text of ['one', 'two', 'three']) room.send(text);
  void room.edit(seq, 'before!');
  assert.deepEqual(said(room), ['before', 'one (waiting)', 'two (waiting)', 'three (waiting)']);
  await at.clock.advance(1_000);
  await first.close();

  const second = await at.enter(ann, { store });
  assert.equal(second.session.snapshot().name, 'signed-in', 'from what the device keeps');
  assert.equal(second.rooms.snapshot().name, 'kept');
  const later = second.room(hall.id);
  later.open();
  assert.equal(later.timeline.snapshot().name, 'kept');
  assert.deepEqual(said(later), ['before', 'one (waiting)', 'two (waiting)', 'three (waiting)']);
  at.server.isDown = false;
  second.connection.wake();
  await at.clock.advance(5_000);
  assert.deepEqual(texts(), ['before!', 'one', 'two', 'three']);
  assert.deepEqual(said(later), ['before!', 'one', 'two', 'three']);
  assert.equal(later.timeline.snapshot().name, 'ready');
  assert.deepEqual(await store.entries(), []);
});

test('P2 an answer that is lost does not make a second message', async () => {
  const client = await at.enter(ann, { store });
  client.room(hall.id).open();
  let lost = 3;
  at.server.mischief = {
    asked: () => {
      lost -= 1;
      return lost >= 0 ? 'after' : 'pass';
    },
  };
  client.room(hall.id).send('once');
  await at.clock.advance(60_000);
  assert.deepEqual(texts(), ['once']);
  assert.deepEqual(said(client.room(hall.id)), ['once']);
  assert.deepEqual(client.outbox.snapshot().items, []);
});

test('what has to wait keeps what comes after it waiting; what is refused does not', async () => {
  const client = await at.enter(ann);
  const room = client.room(hall.id);
  room.open();
  let refusals = 2;
  at.server.mischief = {
    asked: () => {
      refusals -= 1;
      return refusals >= 0 ? 'refuse' : 'pass';
    },
  };
  room.send('one');
  room.send('   ');
  room.send('two');
  await at.clock.advance(20_000);
  assert.deepEqual(texts(), ['one', 'two']);
  const [failed] = client.outbox.snapshot().failed;
  assert.equal(failed?.error?.code, 'empty_text');
  assert.ok(failed.kind === 'send');
  room.retry(failed.nonce);
  await at.clock.advance(1_000);
  assert.equal(client.outbox.snapshot().failed.length, 1, 'refused again');
});

test('P2 what is done while the device is read for what it kept is not asked again', async () => {
  let held = Promise.resolve();
  const slow: Store = {
    ...store,
    entries: async () => {
      const kept = await store.entries();
      await held;
      return kept;
    },
  };
  const client = await at.enter(ann, { store: slow });
  const room = client.room(hall.id);
  room.open();
  room.send('one');
  await at.clock.advance(50);
  at.server.isDown = true;
  at.server.cut();
  void room.edit(hall.log.length, 'two');
  await at.clock.advance(50);
  const gate = Promise.withResolvers<void>();
  held = gate.promise;
  at.server.isDown = false;
  client.connection.wake();
  await at.clock.advance(5_000);
  assert.deepEqual(texts(), ['two']);
  const asked = at.server.heard.filter((each) => each === 'edit').length;
  gate.resolve();
  await at.clock.advance(5_000);
  assert.equal(at.server.heard.filter((each) => each === 'edit').length, asked);
  assert.deepEqual(client.outbox.snapshot().items, []);
});

test('for 13 days it is tried; then it is for the person to say', async () => {
  const client = await at.enter(ann, { store });
  at.server.isDown = true;
  at.server.cut();
  const nonce = client.room(hall.id).send('late');
  client.connection.sleep();
  await at.clock.advance(13 * 86_400_000 + 1);
  at.server.isDown = false;
  client.connection.wake();
  await at.clock.advance(1_000);
  assert.deepEqual(texts(), []);
  assert.equal(client.outbox.snapshot().failed[0]?.error?.code, 'request_timeout');
  client.room(hall.id).retry(nonce);
  await at.clock.advance(1_000);
  assert.deepEqual(texts(), ['late']);
});

test('a recall and an edit whose answers were lost are known to be done', async () => {
  const client = await at.enter(ann);
  const room = client.room(hall.id);
  room.open();
  room.send('one');
  room.send('two');
  await at.clock.advance(50);
  let lost = 1;
  at.server.mischief = {
    asked: () => {
      lost -= 1;
      return lost >= 0 ? 'after' : 'pass';
    },
  };
  const recall = room.recall(2);
  await at.clock.advance(10_000);
  await recall;
  lost = 1;
  const edit = room.edit(3, 'two!');
  await at.clock.advance(10_000);
  await edit;
  assert.deepEqual(said(room), ['(recalled)', 'two!']);
  assert.equal(room.reEdit(2), 'one');
});

test('edits of one message that were written offline follow each other, and what is refused says that it waited', async () => {
  const client = await at.enter(ann, { store });
  const room = client.room(hall.id);
  room.open();
  room.send('one');
  room.send('two');
  await at.clock.advance(50);
  const [one, two] = [hall.log.length - 1, hall.log.length];
  at.server.isDown = true;
  at.server.cut();
  const edits = [room.edit(one, 'one!'), room.edit(one, 'one!!')];
  const recall = room.recall(two);
  await at.clock.advance(121_000);
  at.server.isDown = false;
  client.connection.wake();
  await at.clock.advance(60_000);
  await Promise.all(edits);
  await assert.rejects(recall, { code: 'recall_closed' });
  assert.deepEqual(said(room), ['one!!', 'two']);
  const item = room.timeline.snapshot().items.at(-1);
  assert.ok(item?.kind === 'message');
  assert.deepEqual([item.act?.error?.code, item.act?.offline], ['recall_closed', true]);
});

test('read marks: only the furthest is sent, and never back', async () => {
  const bob = at.server.person('bob');
  at.server.join(hall, bob.me.id, ann.me.id);
  const client = await at.enter(bob);
  for (let index = 0; index < 10; index += 1)
    at.server.change(hall, () => hall.send(ann.me.id, `${index}` as never, `${index}`));
  await at.clock.advance(50);
  const room = client.room(hall.id);
  assert.equal(client.rooms.get(hall.id)?.unread, 10);
  const head = hall.log.length;
  for (let seq = head - 9; seq <= head; seq += 1) room.markRead(seq);
  room.markRead(head - 5);
  assert.equal(client.rooms.get(hall.id)?.unread, 0);
  await at.clock.advance(1_000);
  assert.ok(at.server.heard.filter((each) => each === 'read').length <= 2);
  assert.equal(hall.unread(bob.me.id), 0);
  assert.deepEqual(client.outbox.snapshot().items, []);
});

test('read marks: while messages stream in under the eyes of the reader, two a second are enough', async () => {
  const bob = at.server.person('bob');
  at.server.join(hall, bob.me.id, ann.me.id);
  const client = await at.enter(bob);
  const room = client.room(hall.id);
  for (let index = 0; index < 40; index += 1) {
    at.server.change(hall, () => hall.send(ann.me.id, `${index}` as never, `${index}`));
    await at.clock.advance(50);
    room.markRead();
    assert.equal(client.rooms.get(hall.id)?.unread, 0);
  }
  await at.clock.advance(1_000);
  const told = at.server.heard.filter((each) => each === 'read').length;
  assert.ok(told >= 4 && told <= 6, `told ${told} times`);
  assert.equal(hall.unread(bob.me.id), 0);
});

test('another person on the same device never sends what the first one wrote', async () => {
  const first = await at.enter(ann, { store });
  at.server.isDown = true;
  at.server.cut();
  first.room(hall.id).send('of ann');
  await at.clock.advance(1_000);
  await first.close();
  at.server.isDown = false;
  const bob = at.server.person('bob');
  at.server.join(hall, bob.me.id, ann.me.id);
  const second = await at.enter(bob, { store });
  await at.clock.advance(5_000);
  assert.deepEqual(second.outbox.snapshot().items, []);
  assert.deepEqual(texts(), []);
  assert.deepEqual(await store.entries(), []);
  assert.equal((await store.load()).me?.id, bob.me.id);
});

test('signing out leaves nothing on the device, and is told to the server when it can be', async () => {
  const client = await at.enter(ann, { store });
  client.room(hall.id).open();
  client.room(hall.id).send('secret');
  await at.clock.advance(1_000);
  assert.equal((await store.load()).tails.length, 1);
  at.server.isDown = true;
  at.server.cut();
  const leaving = client.session.logout();
  await at.clock.advance(5_000);
  await leaving;
  const { me, rooms, tails, users } = await store.load();
  assert.deepEqual([me, rooms, tails, users, await store.entries()], [undefined, [], [], [], []]);
});
