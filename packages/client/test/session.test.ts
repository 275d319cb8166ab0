import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type Client, createClient, memoryStore, type Store, type Transport } from '@rill/client';
import type { FakePerson } from '@rill/client/testing';
import { type Stage, stage } from './people.ts';

const PASSWORD = 'a long enough password';

let at: Stage;
let ann: FakePerson;
let store: Store;
/** A browser: what it keeps, and its cookies. */
let browser: Transport;
let clients: Client[];

beforeEach(() => {
  at = stage();
  ann = at.server.person('ann', PASSWORD);
  store = memoryStore();
  browser = at.server.transport();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) await client.close();
  await at.end();
});

/** The page is opened. */
async function open(): Promise<Client> {
  const client = createClient({
    url: 'http://fake',
    transport: browser,
    auth: 'cookie',
    store,
    clock: at.clock,
    random: () => 0.5,
  });
  clients.push(client);
  const started = client.start();
  await at.clock.advance(50);
  await started;
  return client;
}

async function signIn(client: Client): Promise<void> {
  const signing = client.session.login({ username: 'ann', password: PASSWORD });
  await at.clock.advance(50);
  await signing;
}

const nameOf = (client: Client) => client.session.snapshot().name;

test('a first visit is signed out, a sign-in is a cookie and holds over a reload', async () => {
  const first = await open();
  assert.deepEqual(first.session.snapshot(), { name: 'signed-out', ended: false });
  await signIn(first);
  assert.equal(first.session.token(), undefined);
  assert.equal(first.connection.snapshot().name, 'live');
  await at.clock.advance(1_000);
  await first.close();
  const second = await open();
  assert.equal(nameOf(second), 'signed-in');
  assert.equal(second.connection.snapshot().name, 'live');
});

test('the page opens from what the device keeps, without the server', async () => {
  at.server.room({ kind: 'open', name: 'Hall' }, ann);
  const first = await open();
  await signIn(first);
  await at.clock.advance(1_000);
  await first.close();
  at.server.isDown = true;
  const second = await open();
  assert.equal(nameOf(second), 'signed-in');
  assert.deepEqual(
    second.rooms.snapshot().list.map((room) => room.name),
    ['Hall'],
  );
});

test('without anything kept and without the server nobody knows, until it answers', async () => {
  at.server.isDown = true;
  const client = await open();
  assert.equal(nameOf(client), 'unknown');
  at.server.isDown = false;
  await at.clock.advance(5_000);
  assert.equal(nameOf(client), 'signed-out');
});

test('a cookie that is worth nothing any more: the device forgets, and says that it was taken away', async () => {
  const first = await open();
  await signIn(first);
  await at.clock.advance(1_000);
  await first.close();
  at.server.revoke(ann.me.id);
  const second = await open();
  await at.clock.advance(1_000);
  assert.deepEqual(second.session.snapshot(), { name: 'signed-out', ended: true });
  assert.equal((await store.load()).me, undefined);
});

test('signing out where the server cannot hear it holds over a reload, and the server hears it later', async () => {
  const first = await open();
  await signIn(first);
  await at.clock.advance(1_000);
  at.server.isDown = true;
  at.server.cut();
  const leaving = first.session.logout();
  await at.clock.advance(5_000);
  await leaving;
  assert.equal(nameOf(first), 'signed-out');
  await first.close();
  const sessions = at.server.sessions.size;
  const second = await open();
  assert.equal(nameOf(second), 'signed-out');
  at.server.isDown = false;
  await at.clock.advance(60_000);
  assert.equal(at.server.sessions.size, sessions - 1, 'the cookie is worth nothing now');
  await second.close();
  const third = await open();
  assert.equal(nameOf(third), 'signed-out');
  assert.equal((await store.load()).leaving, false);
});

test('another tab signs in as somebody else: this one becomes that person and keeps nothing of the first', async () => {
  at.server.room({ kind: 'closed', name: 'Of ann' }, ann);
  at.server.person('bob', PASSWORD);
  const tab = await open();
  await signIn(tab);
  assert.equal(tab.rooms.snapshot().list.length, 1);
  const other = createClient({
    url: 'http://fake',
    transport: browser,
    auth: 'cookie',
    clock: at.clock,
    random: () => 0.5,
  });
  clients.push(other);
  const starting = other.start();
  await at.clock.advance(50);
  await starting;
  const signing = other.session.login({ username: 'bob', password: PASSWORD });
  await at.clock.advance(50);
  await signing;
  at.server.cut();
  await at.clock.advance(2_000);
  const state = tab.session.snapshot();
  assert.equal(state.name === 'signed-in' && state.me.username, 'bob');
  assert.deepEqual(tab.rooms.snapshot().list, []);
  assert.equal(tab.connection.snapshot().name, 'live');
});
