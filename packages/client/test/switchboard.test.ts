import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type BoardMessage, type Client, createClient, memoryStore, type TabMessage, type TabPort } from '@rill/client';
import type { Nonce } from '@rill/protocol';
import type { Line, LineListener } from '../src/transport.ts';
import { type FakePerson, type FakeRoom, FakeServer, type ManualClock, manualClock } from '@rill/client/testing';
import type { BoardPort } from '../src/transport/port.ts';
import { SharedLines } from '../src/transport/shared-lines.ts';
import { Switchboard } from '../src/transport/switchboard.ts';
import { said } from './people.ts';

/** After so long nothing is left of a line that another has replaced. */
const SETTLED_MS = 6_000;

let clock: ManualClock;
let server: FakeServer;
let board: Switchboard;
let ann: FakePerson;
let hall: FakeRoom;
let clients: Client[];
/** Lines that are half open from now on: nothing comes or goes any more, and nobody says so. */
let dead: Set<Line>;
let lines: Line[];

beforeEach(() => {
  clock = manualClock();
  server = new FakeServer({ clock });
  dead = new Set();
  lines = [];
  board = new Switchboard({ clock, open });
  ann = server.person('ann');
  hall = server.room({ kind: 'open', name: 'Hall' }, ann);
  clients = [];
});
afterEach(async () => {
  for (const client of clients) await client.close();
});

function open(listener: LineListener): Line {
  const isDead = () => dead.has(made);
  const line = server.transport().open({
    opened: () => listener.opened(),
    received: (text) => isDead() || listener.received(text),
    closed: (code, reason) => isDead() || listener.closed(code, reason),
  });
  const made: Line = { send: (text) => isDead() || line.send(text), close: () => line.close() };
  lines.push(made);
  return made;
}

interface Tab {
  readonly client: Client;
  /** The page goes, with or without a word. */
  readonly leave: () => void;
  readonly crash: () => void;
}

/** Two ends of a way that takes a moment. */
function wire(): { tab: TabPort; board: BoardPort; leave: () => void } {
  const heard: { tab: (message: BoardMessage) => void; board: (message: TabMessage) => void } = {
    tab: () => {},
    board: () => {},
  };
  let leave = () => {};
  return {
    tab: {
      post: (message) => void clock.after(0, () => heard.board(message)),
      listen: (listener) => (heard.tab = listener),
      whenLeaving: (act) => (leave = act),
      whenBroken: () => {},
    },
    board: {
      post: (message) => void clock.after(0, () => heard.tab(message)),
      listen: (listener) => (heard.board = listener),
    },
    leave: () => leave(),
  };
}

/** A tab of the browser in which that person is signed in. */
async function openTab(person: FakePerson): Promise<Tab> {
  const ends = wire();
  const crash = board.attach(ends.board);
  const lines = new SharedLines(ends.tab, clock);
  const own = server.transport();
  const client = createClient({
    url: 'http://fake',
    transport: { exchange: (request) => own.exchange(request), open: (listener) => lines.open(listener) },
    token: person.token,
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
  return { client, leave: () => ends.leave(), crash };
}

const texts = () => hall.log.flatMap((message) => ('text' in message ? [message.text] : []));
const reads = ({ client }: Tab) => said(client.room(hall.id));
const isLive = ({ client }: Tab) => client.connection.snapshot().name === 'live';

test('two tabs have one line, on which each hears everything and is answered', async () => {
  const first = await openTab(ann);
  first.client.room(hall.id).send('before the second');
  await clock.advance(50);
  const second = await openTab(ann);
  await clock.advance(SETTLED_MS);
  assert.equal(server.lines.size, 1);
  assert.ok(isLive(first) && isLive(second));
  for (const round of [1, 2, 3]) {
    first.client.room(hall.id).send(`first ${round}`);
    second.client.room(hall.id).send(`second ${round}`);
    await clock.advance(50);
  }
  assert.equal(texts().length, 7);
  for (const tab of [first, second]) {
    assert.deepEqual(reads(tab), texts());
    assert.deepEqual(tab.client.outbox.snapshot().items, []);
  }
  const hellos = server.heard.filter((each) => each === 'hello').length;
  await clock.advance(600_000);
  assert.equal(server.heard.filter((each) => each === 'hello').length, hellos, 'and it is kept');
  assert.equal(server.lines.size, 1);
});

test('P2 P4 whichever tab goes, with a word or without, the others go on, and nothing is lost or doubled', async () => {
  for (const way of ['leave', 'crash'] as const) {
    const tabs = [await openTab(ann), await openTab(ann), await openTab(ann)];
    await clock.advance(SETTLED_MS);
    for (const gone of [2, 0]) {
      const stays = tabs[1];
      assert.ok(stays !== undefined);
      stays.client.room(hall.id).send(`${way} ${gone} before`);
      tabs[gone]?.[way]();
      stays.client.room(hall.id).send(`${way} ${gone} after`);
      await clock.advance(1_000);
      assert.ok(isLive(stays));
      assert.deepEqual(reads(stays), texts());
      assert.deepEqual(stays.client.outbox.snapshot().items, []);
    }
    for (const each of [...clients.splice(0)]) await each.close();
    await clock.advance(SETTLED_MS);
    assert.equal(server.lines.size, 0, 'with the last tab the line goes');
  }
  assert.equal(new Set(texts()).size, texts().length);
});

test('a line that is cut is cut for all; they come back and have one again', async () => {
  const tabs = [await openTab(ann), await openTab(ann), await openTab(ann)];
  await clock.advance(SETTLED_MS);
  server.isDown = true;
  server.cut();
  await clock.advance(100);
  for (const [at, tab] of tabs.entries()) {
    assert.ok(!isLive(tab));
    tab.client.room(hall.id).send(`offline ${at}`);
  }
  server.isDown = false;
  await clock.advance(60_000);
  assert.equal(server.lines.size, 1);
  assert.deepEqual(texts().toSorted(), ['offline 0', 'offline 1', 'offline 2']);
  for (const tab of tabs) assert.deepEqual(reads(tab), texts());
});

test('P7 a sign-in that ends is ended in every tab', async () => {
  const tabs = [await openTab(ann), await openTab(ann)];
  await clock.advance(SETTLED_MS);
  const leaving = tabs[0]?.client.session.logout();
  await clock.advance(1_000);
  await leaving;
  for (const tab of tabs) assert.equal(tab.client.session.snapshot().name, 'signed-out');
  assert.equal(server.lines.size, 0);
});

test('P5 another account in another tab: nobody hears what is for the other', async () => {
  const bob = server.person('bob');
  const secret = server.room({ kind: 'closed', name: 'Of ann' }, ann);
  const hear = (person: FakePerson) => {
    const ends = wire();
    board.attach(ends.board);
    const heard: string[] = [];
    const line = new SharedLines(ends.tab, clock).open({
      opened: () => line.send(JSON.stringify({ type: 'hello', ref: '1', token: person.token, rooms: {} })),
      received: (text) => heard.push(text),
      closed: (code) => heard.push(`closed ${code}`),
    });
    return heard;
  };
  const ofAnn = hear(ann);
  await clock.advance(100);
  const ofBob = hear(bob);
  await clock.advance(100);
  assert.equal(ofAnn.at(-1), 'closed 1012', 'who is somebody else must say hello itself');
  server.change(secret, () => secret.send(ann.me.id, 'n' as never, 'only for ann'));
  await clock.advance(SETTLED_MS);
  assert.ok(ofBob.some((text) => text.includes('"welcome"')));
  assert.ok(!ofBob.some((text) => text.includes('only for ann')));
  assert.ok(!ofAnn.some((text) => text.includes(bob.me.id)));
});

test('what is followed is what any tab has on its screen, and somebody is here where one tab is', async () => {
  const followed: { rooms: string[]; presence: string }[] = [];
  board = new Switchboard({
    clock,
    open(listener) {
      const line = server.transport().open(listener);
      return {
        close: () => line.close(),
        send(text) {
          const frame = JSON.parse(text) as { type: string; rooms: string[]; presence: string };
          if (frame.type === 'follow') followed.push(frame);
          line.send(text);
        },
      };
    },
  });
  const den = server.room({ kind: 'open', name: 'Den' }, ann);
  const [first, second] = [await openTab(ann), await openTab(ann)];
  second.client.room(den.id).open();
  second.client.people.setPresence('away');
  await clock.advance(SETTLED_MS);
  assert.deepEqual(followed.at(-1)?.rooms.toSorted(), [hall.id, den.id].toSorted());
  assert.equal(followed.at(-1)?.presence, 'online');
  first.leave();
  await clock.advance(100);
  assert.equal(followed.at(-1)?.presence, 'away', 'the one that is left');
});

test('where nobody takes the call, a tab opens its own', async () => {
  const lines = new SharedLines({ post() {}, listen() {}, whenLeaving() {}, whenBroken() {} }, clock);
  const closed: number[] = [];
  lines.open({ opened() {}, received() {}, closed: (code) => closed.push(code) });
  assert.equal(lines.isDead(), false);
  await clock.advance(3_001);
  assert.deepEqual([lines.isDead(), closed], [true, [1012]]);
});

test('P4 a tab that rode on a dead line hears what that one lost, though another tab brought a living one', async () => {
  const bob = server.person('bob');
  server.change(hall, () => hall.join(bob.me.id, bob.me.id));
  const first = await openTab(ann);
  dead = new Set(lines);
  server.change(hall, () => hall.send(bob.me.id, 'n1' as Nonce, 'said into the dead line'));
  await clock.advance(1_000);
  const second = await openTab(ann);
  assert.deepEqual(reads(second), ['said into the dead line']);
  await clock.advance(60_000);
  assert.ok(isLive(first) && isLive(second));
  assert.deepEqual(reads(first), ['said into the dead line']);
  await clock.advance(SETTLED_MS);
  assert.equal(server.lines.size, 1);
});
