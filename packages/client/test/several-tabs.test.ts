import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import {
  type Client,
  createClient,
  memoryStore,
  type BoardMessage,
  type Store,
  type TabMessage,
  type TabPort,
  type Transport,
} from '@rill/client';
import { type FakePerson } from '@rill/client/testing';
import { type Stage, said, stage } from './people.ts';
import type { BoardPort } from '../src/transport/port.ts';
import { SharedLines } from '../src/transport/shared-lines.ts';
import { Switchboard } from '../src/transport/switchboard.ts';
import { Feed } from '../src/room/feed.ts';
import { Watchdog } from '../src/connection/watchdog.ts';

const PASSWORD = 'a long enough password';
let at: Stage;
let ann: FakePerson;
let bob: FakePerson;
let store: Store;
let browser: Transport;
let clients: Client[];
beforeEach(() => {
  at = stage();
  ann = at.server.person('ann', PASSWORD);
  bob = at.server.person('bob', PASSWORD);
  store = memoryStore();
  browser = at.server.transport();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) await client.close();
  await at.end();
});
async function open(transport: Transport = browser, kept: Store = store): Promise<Client> {
  const client = createClient({
    url: 'http://fake',
    transport,
    auth: 'cookie',
    store: kept,
    clock: at.clock,
    random: () => 0.5,
  });
  clients.push(client);
  const started = client.start();
  await at.clock.advance(50);
  await started;
  return client;
}
async function signIn(client: Client, username: string) {
  const signing = client.session.login({ username, password: PASSWORD });
  await at.clock.advance(50);
  await signing;
}

test('P4 a tab that rode on a dead line hears what that one lost, though another tab brought a living one', async () => {
  const { clock, server } = at;
  const hall = server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  const silent = new Set<number>();
  let count = 0;
  const board = new Switchboard({
    clock,
    open(listener) {
      const n = (count += 1);
      // Half open: nothing comes or goes any more, and nobody says so.
      const line = server.transport().open({
        opened: () => listener.opened(),
        received: (text) => silent.has(n) || listener.received(text),
        closed: (code, reason) => silent.has(n) || listener.closed(code, reason),
      });
      return { send: (text) => silent.has(n) || line.send(text), close: () => line.close() };
    },
  });
  const openTab = async () => {
    const heard: { tab: (m: BoardMessage) => void; board: (m: TabMessage) => void } = {
      tab: () => {},
      board: () => {},
    };
    const tab: TabPort = {
      post: (m) => void clock.after(0, () => heard.board(m)),
      listen: (l) => (heard.tab = l),
      whenLeaving: () => {},
      whenBroken: () => {},
    };
    const end: BoardPort = { post: (m) => void clock.after(0, () => heard.tab(m)), listen: (l) => (heard.board = l) };
    board.attach(end);
    const lines = new SharedLines(tab, clock);
    const own = server.transport();
    const client = createClient({
      url: 'http://fake',
      transport: { exchange: (r) => own.exchange(r), open: (l) => lines.open(l) },
      token: ann.token,
      auth: 'token',
      clock,
      random: () => 0.5,
      store: memoryStore(),
    });
    clients.push(client);
    const started = client.start();
    await clock.advance(50);
    await started;
    client.room(hall.id).open();
    await clock.advance(200);
    return client;
  };
  const first = await openTab();
  silent.add(1); // the network changed
  server.change(hall, () => hall.send(bob.me.id, 'n1' as never, 'lost?'));
  await clock.advance(1_000);
  const second = await openTab();
  assert.deepEqual(said(second.room(hall.id)), ['lost?']);
  await clock.advance(3_600_000);
  first.connection.wake();
  await clock.advance(60_000);
  assert.equal(first.connection.snapshot().name, 'live');
  assert.deepEqual(said(first.room(hall.id)), ['lost?'], 'an hour later');
});

test('P5 who signs in on an old form is shown nothing that the device kept of somebody else', async () => {
  const secret = at.server.room({ kind: 'closed', name: 'Of ann' }, ann);
  at.server.change(secret, () => secret.send(ann.me.id, 'n' as never, 'only for ann'));
  const stale = await open(); // signed out
  const first = await open(); // another tab
  await signIn(first, 'ann');
  first.room(secret.id).open();
  await at.clock.advance(2_000);
  await first.close(); // tab closed, not signed out
  await signIn(stale, 'bob'); // Bob signs in in the old tab
  await at.clock.advance(2_000);
  await stale.close();
  at.server.isDown = true;
  const next = await open();
  const state = next.session.snapshot();
  assert.equal(state.name === 'signed-in' ? state.me.username : '', 'bob');
  assert.deepEqual(
    next.rooms.snapshot().list.map(({ name }) => name),
    [],
  );
  assert.deepEqual(said(next.room(secret.id)), []);
});

test('a sign-out that is still being told does not end the sign-in after it', async () => {
  let hang = false;
  const transport: Transport = {
    open: (l) => browser.open(l),
    exchange: (r) =>
      r.path === '/logout' && hang
        ? new Promise((_, reject) => at.clock.after(30_000, () => reject(new TypeError('timeout'))))
        : browser.exchange(r),
  };
  const client = await open(transport);
  await signIn(client, 'ann');
  hang = true;
  const leaving = client.session.logout();
  await at.clock.advance(4_000);
  await leaving; // told later: in flight, hanging
  await at.clock.advance(1_000);
  hang = false;
  await signIn(client, 'ann');
  assert.equal(client.session.snapshot().name, 'signed-in');
  await at.clock.advance(60_000);
  assert.equal(client.session.snapshot().name, 'signed-in', 'a minute later');
});

test('a sign-out that is owed does not end the sign-in of another tab', async () => {
  const first = await open();
  await signIn(first, 'ann');
  at.server.isDown = true;
  const leaving = first.session.logout();
  await at.clock.advance(4_000);
  await leaving;
  await at.clock.advance(40_000); // backoff is at its longest
  at.server.isDown = false;
  const second = await open();
  // its own #tellLater has reached the server already
  await signIn(second, 'ann');
  assert.equal(second.session.snapshot().name, 'signed-in');
  await at.clock.advance(60_000);
  assert.equal(second.session.snapshot().name, 'signed-in', 'a minute later');
});

test('what was deleted for oneself stays so, though the device could not write it down at once', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  const den = at.server.room({ kind: 'open', name: 'Den' }, ann, bob);
  for (const text of ['keep', 'hide me']) at.server.change(hall, () => hall.send(bob.me.id, text as never, text));
  let full = false;
  const kept: Store = { ...store, save: (c) => (full ? Promise.reject(new Error('full')) : store.save(c)) };
  const first = await open(browser, kept);
  await signIn(first, 'ann');
  first.room(hall.id).open();
  await at.clock.advance(2_000);
  full = true;
  const seq = hall.log.find((m) => 'text' in m && m.text === 'hide me')?.seq ?? 0;
  void first.room(hall.id).hide(seq);
  await at.clock.advance(2_000);
  assert.deepEqual(said(first.room(hall.id)), ['keep']);
  full = false;
  at.server.change(den, () => den.send(bob.me.id, 'x' as never, 'elsewhere'));
  await at.clock.advance(2_000);
  await first.close();
  const second = await open(browser, kept);
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
  const first = await open();
  await signIn(first, 'ann'); // never opens the room
  await at.clock.advance(1_000);
  const other = await open();
  other.room(hall.id).open();
  await at.clock.advance(2_000);
  assert.deepEqual(said(other.room(hall.id)), ['keep', 'hide me', 'last']);
  await other.close();
  assert.equal((await store.load()).tails.length, 1);
  const seq = hall.log.find((m) => 'text' in m && m.text === 'hide me')?.seq ?? 0;
  const phone = await at.enter(ann);
  void phone.room(hall.id).hide(seq);
  await at.clock.advance(2_000);
  await first.close();
  const again = await open();
  again.room(hall.id).open();
  await at.clock.advance(60_000);
  assert.deepEqual(said(again.room(hall.id)), ['keep', 'last']);
});

test('P1 a tab that wakes to somebody else leaves what that one has asked', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  let asleep = false;
  const sleeper: Transport = {
    exchange: (r) => (asleep ? Promise.reject(new TypeError('asleep')) : browser.exchange(r)),
    open: (l) =>
      browser.open({
        opened: () => (asleep ? l.closed(1006, '') : l.opened()),
        received: (t) => asleep || l.received(t),
        closed: (c, r) => (asleep ? undefined : l.closed(c, r)),
      }),
  };
  const first = await open(sleeper);
  await signIn(first, 'ann');
  await at.clock.advance(1_000);
  asleep = true;
  const second = await open();
  const leaving = second.session.logout();
  await at.clock.advance(100);
  await leaving;
  await signIn(second, 'bob');
  await at.clock.advance(1_000);
  at.server.isDown = true;
  at.server.cut();
  await at.clock.advance(10);
  second.room(hall.id).send('written by bob without a line');
  await at.clock.advance(1_000);
  await second.close();
  assert.equal((await store.entries()).length, 1);
  at.server.isDown = false;
  asleep = false;
  await at.clock.advance(120_000);
  const state = first.session.snapshot();
  assert.equal(state.name === 'signed-in' ? state.me.username : state.name, 'bob');
  await first.close();
  await open();
  await at.clock.advance(10_000);
  assert.ok(
    hall.log.some((m) => 'text' in m && m.text === 'written by bob without a line'),
    'sent in the end',
  );
});

test('P4 however much comes while a gap is fetched, the last of it is not forgotten', async () => {
  const clock = at.clock;
  const applied: number[] = [];
  let answer: (rev: number) => void = () => {};
  const feed = new Feed({
    clock,
    random: () => 0.5,
    events: ({ after }) =>
      new Promise((resolve) => {
        answer = (rev) =>
          resolve({
            rev,
            epoch: 'e' as never,
            events: Array.from({ length: rev - after }, (_, i) => ({
              rev: after + 1 + i,
              at: '',
              event: { kind: 'unseen' } as never,
            })),
          });
      }),
    apply: (rev) => applied.push(rev),
    reload: async () => ({ rev: 0, epoch: 'e' as never }),
    settled: () => {},
    gone: () => {},
  });
  feed.begin({ rev: 0, epoch: 'e' as never });
  for (let rev = 2; rev <= 700; rev += 1)
    feed.receive({ type: 'event', room: 'r' as never, rev, epoch: 'e' as never, event: { kind: 'unseen' } as never });
  await clock.advance(1);
  answer(690); // read by the server a moment before it told of 691 … 700
  await clock.advance(60_000);
  answer(700);
  await clock.advance(60_000);
  assert.equal(applied.at(-1), 700);
});

test('a clock that is set back hides no dead line', async () => {
  let now = 10_000_000;
  const timers: { at: number; call: () => void }[] = [];
  let mono = 0;
  const clock = {
    now: () => now,
    after: (ms: number, call: () => void) => {
      const t = { at: mono + ms, call };
      timers.push(t);
      return () => void timers.splice(timers.indexOf(t), 1);
    },
  };
  const pass = (ms: number) => {
    const end = mono + ms;
    for (;;) {
      const t = timers.filter((x) => x.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!t) break;
      timers.splice(timers.indexOf(t), 1);
      now += t.at - mono;
      mono = t.at;
      t.call();
    }
    now += end - mono;
    mono = end;
  };
  let pings = 0;
  let isSilent = false;
  const dog = new Watchdog({ clock, pingSeconds: 25, ping: () => (pings += 1), silent: () => (isSilent = true) });
  now -= 3_600_000;
  pass(3_000_000);
  dog.stop();
  assert.ok(isSilent, `50 minutes of silence, ${pings} pings`);
});

test('P7 the late answer to an older sign-in does not end this one', async () => {
  let late: (() => void) | undefined;
  const transport: Transport = {
    open: (l) => browser.open(l),
    exchange: async (r) => {
      const answer = await browser.exchange(r);
      if (r.path.startsWith('/users')) await new Promise<void>((resolve) => (late = resolve));
      return answer;
    },
  };
  const client = await open(transport);
  await signIn(client, 'ann');
  at.server.revoke(ann.me.id);
  client.people.search('b').catch(() => {}); // answered 401, slowly
  await at.clock.advance(100);
  assert.equal(client.session.snapshot().name, 'signed-out');
  await signIn(client, 'ann');
  assert.equal(client.session.snapshot().name, 'signed-in');
  late?.();
  await at.clock.advance(100);
  assert.equal(client.session.snapshot().name, 'signed-in');
});

test('P6 a page that was asked for before the line was cut shows nothing that was recalled meanwhile', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  const sent = at.server.change(hall, () => hall.send(bob.me.id, 'n1' as never, 'to be recalled'));
  let release: (() => void) | undefined;
  let hold = true;
  const transport: Transport = {
    open: (l) => browser.open(l),
    exchange: async (r) => {
      const answer = await browser.exchange(r);
      if (hold && r.path.includes('/messages')) await new Promise<void>((resolve) => (release = resolve));
      return answer;
    },
  };
  const client = await open(transport);
  await signIn(client, 'ann');
  const room = client.room(hall.id);
  const close = room.open();
  await at.clock.advance(20);
  close(); // looked at another room
  hold = false;
  at.server.isDown = true;
  at.server.cut();
  await at.clock.advance(10);
  at.server.change(hall, () => hall.recall(bob.me.id, sent.message.seq));
  at.server.isDown = false;
  await at.clock.advance(5_000);
  assert.equal(client.connection.snapshot().name, 'live');
  release?.();
  await at.clock.advance(1_000);
  room.open();
  await at.clock.advance(60_000);
  assert.deepEqual(said(room), ['(recalled)']);
});
