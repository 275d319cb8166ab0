import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Store, Transport } from '@rill/client';
import type { FakePerson } from '@rill/client/testing';
import { type Browser, browserOn, PASSWORD } from './browser.ts';
import { said, type Stage, stage } from './people.ts';

let at: Stage;
let browser: Browser;
let ann: FakePerson;
let bob: FakePerson;
beforeEach(() => {
  at = stage();
  browser = browserOn(at);
  ann = at.server.person('ann', PASSWORD);
  bob = at.server.person('bob', PASSWORD);
});
afterEach(async () => {
  await browser.end();
  await at.end();
});

test('P5 who signs in on an old form is shown nothing that the device kept of somebody else', async () => {
  const secret = at.server.room({ kind: 'closed', name: 'Of ann' }, ann);
  at.server.change(secret, () => secret.send(ann.me.id, 'n' as never, 'only for ann'));
  const stale = await browser.open(); // signed out
  const first = await browser.open(); // another tab
  await browser.signIn(first, 'ann');
  first.room(secret.id).open();
  await at.clock.advance(2_000);
  await first.close(); // tab closed, not signed out
  await browser.signIn(stale, 'bob'); // Bob signs in in the old tab
  await at.clock.advance(2_000);
  await stale.close();
  at.server.isDown = true;
  const next = await browser.open();
  const state = next.session.snapshot();
  assert.equal(state.name === 'signed-in' ? state.me.username : '', 'bob');
  assert.deepEqual(
    next.rooms.snapshot().list.map(({ name }) => name),
    [],
  );
  assert.deepEqual(said(next.room(secret.id)), []);
});

test('what was deleted for oneself stays so, though the device could not write it down at once', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  const den = at.server.room({ kind: 'open', name: 'Den' }, ann, bob);
  for (const text of ['keep', 'hide me']) at.server.change(hall, () => hall.send(bob.me.id, text as never, text));
  let full = false;
  const kept: Store = {
    ...browser.store,
    save: (changes) => (full ? Promise.reject(new Error('full')) : browser.store.save(changes)),
  };
  const first = await browser.open({ store: kept });
  await browser.signIn(first, 'ann');
  first.room(hall.id).open();
  await at.clock.advance(2_000);
  full = true;
  const seq = hall.log.find((message) => 'text' in message && message.text === 'hide me')?.seq ?? 0;
  void first.room(hall.id).hide(seq);
  await at.clock.advance(2_000);
  assert.deepEqual(said(first.room(hall.id)), ['keep']);
  full = false;
  at.server.change(den, () => den.send(bob.me.id, 'x' as never, 'elsewhere'));
  await at.clock.advance(2_000);
  await first.close();
  const second = await browser.open({ store: kept });
  second.room(hall.id).open();
  await at.clock.advance(60_000);
  assert.deepEqual(said(second.room(hall.id)), ['keep']);
});

test('what was deleted for oneself elsewhere stays so in what another tab has kept of the room', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  for (const text of ['keep', 'hide me', 'last'])
    at.server.change(hall, () => hall.send(bob.me.id, text as never, text));
  const before = await at.enter(ann);
  before.room(hall.id).open();
  await at.clock.advance(200);
  before.room(hall.id).markRead();
  await at.clock.advance(2_000);
  await before.close();
  const first = await browser.open();
  await browser.signIn(first, 'ann'); // never opens the room
  await at.clock.advance(1_000);
  const other = await browser.open();
  other.room(hall.id).open();
  await at.clock.advance(2_000);
  assert.deepEqual(said(other.room(hall.id)), ['keep', 'hide me', 'last']);
  await other.close();
  assert.equal((await browser.store.load()).tails.length, 1);
  const seq = hall.log.find((message) => 'text' in message && message.text === 'hide me')?.seq ?? 0;
  const phone = await at.enter(ann);
  void phone.room(hall.id).hide(seq);
  await at.clock.advance(2_000);
  await first.close();
  const again = await browser.open();
  again.room(hall.id).open();
  await at.clock.advance(60_000);
  assert.deepEqual(said(again.room(hall.id)), ['keep', 'last']);
});

test('P1 a tab that wakes to somebody else leaves what that one has asked', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  let asleep = false;
  const sleeper: Transport = {
    exchange: (request) => (asleep ? Promise.reject(new TypeError('asleep')) : browser.transport.exchange(request)),
    open: (listener) =>
      browser.transport.open({
        opened: () => (asleep ? listener.closed(1006, '') : listener.opened()),
        received: (text) => asleep || listener.received(text),
        closed: (code, reason) => asleep || listener.closed(code, reason),
      }),
  };
  const first = await browser.open({ transport: sleeper });
  await browser.signIn(first, 'ann');
  await at.clock.advance(1_000);
  asleep = true;
  const second = await browser.open();
  const leaving = second.session.logout();
  await at.clock.advance(100);
  await leaving;
  await browser.signIn(second, 'bob');
  await at.clock.advance(1_000);
  at.server.isDown = true;
  at.server.cut();
  await at.clock.advance(10);
  second.room(hall.id).send('written by bob without a line');
  await at.clock.advance(1_000);
  await second.close();
  assert.equal((await browser.store.entries()).length, 1);
  at.server.isDown = false;
  asleep = false;
  await at.clock.advance(120_000);
  const state = first.session.snapshot();
  assert.equal(state.name === 'signed-in' ? state.me.username : state.name, 'bob');
  await first.close();
  await browser.open();
  await at.clock.advance(10_000);
  assert.ok(
    hall.log.some((message) => 'text' in message && message.text === 'written by bob without a line'),
    'sent in the end',
  );
});
