import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type Client, memoryStore, type Transport } from '@rill/client';
import type { FakePerson } from '@rill/client/testing';
import { type Browser, browserOn, PASSWORD } from './browser.ts';
import { type Stage, stage } from './people.ts';

let at: Stage;
let browser: Browser;
let ann: FakePerson;
beforeEach(() => {
  at = stage();
  browser = browserOn(at);
  ann = at.server.person('ann', PASSWORD);
});
afterEach(async () => {
  await browser.end();
  await at.end();
});

const nameOf = (client: Client) => client.session.snapshot().name;

test('a first visit is signed out, a sign-in is a cookie and holds over a reload', async () => {
  const first = await browser.open();
  assert.deepEqual(first.session.snapshot(), { name: 'signed-out', ended: false });
  await browser.signIn(first, 'ann');
  assert.equal(first.session.token(), undefined);
  assert.equal(first.connection.snapshot().name, 'live');
  await at.clock.advance(1_000);
  await first.close();
  const second = await browser.open();
  assert.equal(nameOf(second), 'signed-in');
  assert.equal(second.connection.snapshot().name, 'live');
});

test('the page opens from what the device keeps, without the server', async () => {
  at.server.room({ kind: 'open', name: 'Hall' }, ann);
  const first = await browser.open();
  await browser.signIn(first, 'ann');
  await at.clock.advance(1_000);
  await first.close();
  at.server.isDown = true;
  const second = await browser.open();
  assert.equal(nameOf(second), 'signed-in');
  assert.deepEqual(
    second.rooms.snapshot().list.map((room) => room.name),
    ['Hall'],
  );
});

test('without anything kept and without the server nobody knows, until it answers', async () => {
  at.server.isDown = true;
  const client = await browser.open();
  assert.equal(nameOf(client), 'unknown');
  at.server.isDown = false;
  await at.clock.advance(5_000);
  assert.equal(nameOf(client), 'signed-out');
});

test('a cookie that is worth nothing any more: the device forgets, and says that it was taken away', async () => {
  const first = await browser.open();
  await browser.signIn(first, 'ann');
  await at.clock.advance(1_000);
  await first.close();
  at.server.revoke(ann.me.id);
  const second = await browser.open();
  await at.clock.advance(1_000);
  assert.deepEqual(second.session.snapshot(), { name: 'signed-out', ended: true });
  assert.equal((await browser.store.load()).me, undefined);
});

test('signing out where the server cannot hear it holds over a reload, and the server hears it later', async () => {
  const first = await browser.open();
  await browser.signIn(first, 'ann');
  await at.clock.advance(1_000);
  at.server.isDown = true;
  at.server.cut();
  const leaving = first.session.logout();
  await at.clock.advance(5_000);
  await leaving;
  assert.equal(nameOf(first), 'signed-out');
  await first.close();
  const sessions = at.server.sessions.size;
  const second = await browser.open();
  assert.equal(nameOf(second), 'signed-out');
  at.server.isDown = false;
  await at.clock.advance(60_000);
  assert.equal(at.server.sessions.size, sessions - 1, 'the cookie is worth nothing now');
  await second.close();
  const third = await browser.open();
  assert.equal(nameOf(third), 'signed-out');
  assert.equal((await browser.store.load()).leaving, false);
});

test('another tab signs in as somebody else: this one becomes that person and keeps nothing of the first', async () => {
  at.server.room({ kind: 'closed', name: 'Of ann' }, ann);
  at.server.person('bob', PASSWORD);
  const tab = await browser.open();
  await browser.signIn(tab, 'ann');
  assert.equal(tab.rooms.snapshot().list.length, 1);
  const other = await browser.open({ store: memoryStore() });
  await browser.signIn(other, 'bob');
  at.server.cut();
  await at.clock.advance(2_000);
  const state = tab.session.snapshot();
  assert.equal(state.name === 'signed-in' && state.me.username, 'bob');
  assert.deepEqual(tab.rooms.snapshot().list, []);
  assert.equal(tab.connection.snapshot().name, 'live');
});

test('a sign-out that is still being told does not end the sign-in after it', async () => {
  let hang = false;
  const transport: Transport = {
    open: (listener) => browser.transport.open(listener),
    exchange: (request) =>
      request.path === '/logout' && hang
        ? new Promise((_, reject) => at.clock.after(30_000, () => reject(new TypeError('timeout'))))
        : browser.transport.exchange(request),
  };
  const client = await browser.open({ transport });
  await browser.signIn(client, 'ann');
  hang = true;
  const leaving = client.session.logout();
  await at.clock.advance(4_000);
  await leaving; // told later: in flight, hanging
  await at.clock.advance(1_000);
  hang = false;
  await browser.signIn(client, 'ann');
  assert.equal(client.session.snapshot().name, 'signed-in');
  await at.clock.advance(60_000);
  assert.equal(client.session.snapshot().name, 'signed-in', 'a minute later');
});

test('a sign-out that is owed does not end the sign-in of another tab', async () => {
  const first = await browser.open();
  await browser.signIn(first, 'ann');
  at.server.isDown = true;
  const leaving = first.session.logout();
  await at.clock.advance(4_000);
  await leaving;
  await at.clock.advance(40_000); // backoff is at its longest
  at.server.isDown = false;
  const second = await browser.open();
  // its own #tellLater has reached the server already
  await browser.signIn(second, 'ann');
  assert.equal(second.session.snapshot().name, 'signed-in');
  await at.clock.advance(60_000);
  assert.equal(second.session.snapshot().name, 'signed-in', 'a minute later');
});

test('P7 the late answer to an older sign-in does not end this one', async () => {
  let late: (() => void) | undefined;
  const transport: Transport = {
    open: (listener) => browser.transport.open(listener),
    exchange: async (request) => {
      const answer = await browser.transport.exchange(request);
      if (request.path.startsWith('/users')) await new Promise<void>((resolve) => (late = resolve));
      return answer;
    },
  };
  const client = await browser.open({ transport });
  await browser.signIn(client, 'ann');
  at.server.revoke(ann.me.id);
  client.people.search('b').catch(() => {}); // answered 401, slowly
  await at.clock.advance(100);
  assert.equal(client.session.snapshot().name, 'signed-out');
  await browser.signIn(client, 'ann');
  assert.equal(client.session.snapshot().name, 'signed-in');
  late?.();
  await at.clock.advance(100);
  assert.equal(client.session.snapshot().name, 'signed-in');
});
