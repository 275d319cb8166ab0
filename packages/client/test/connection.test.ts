import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { FakePerson } from '@rill/client/testing';
import { Watchdog } from '../src/connection/watchdog.ts';
import { type Stage, stage } from './people.ts';

let at: Stage;
let ann: FakePerson;

beforeEach(() => {
  at = stage();
  ann = at.server.person('ann');
});
afterEach(() => at.end());

const hellos = () => at.server.heard.filter((each) => each === 'hello').length;

test('a lost line is sought again: a little later each time, and at once when the device wakes', async () => {
  const client = await at.enter(ann);
  assert.equal(client.connection.snapshot().name, 'live');
  at.server.isDown = true;
  at.server.cut();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await at.clock.settle();
    const state = client.connection.snapshot();
    assert.ok(state.name === 'waiting' && state.until !== undefined);
    waits.push(state.until - at.clock.now());
    await at.clock.advance(state.until - at.clock.now() + 1);
    await at.clock.advance(5);
  }
  for (const [index, wait] of waits.entries()) assert.ok(index === 0 || wait >= (waits[index - 1] ?? 0), waits.join());
  assert.ok((waits.at(-1) ?? 0) <= 5_000, 'never longer than the server said');
  at.server.isDown = false;
  client.connection.wake();
  await at.clock.advance(10);
  assert.equal(client.connection.snapshot().name, 'live');
});

test('the server tells how long to stay away, and a device without network does not try', async () => {
  const client = await at.enter(ann);
  for (const line of [...at.server.lines]) line.end(1012, 'restart wait=8000');
  const state = client.connection.snapshot();
  assert.ok(state.name === 'waiting' && (state.until ?? 0) - at.clock.now() >= 8_000);
  client.connection.sleep();
  assert.deepEqual(client.connection.snapshot(), { name: 'waiting', until: undefined, attempt: 1 });
  const before = hellos();
  await at.clock.advance(600_000);
  assert.equal(hellos(), before);
  client.connection.wake();
  await at.clock.advance(10);
  assert.equal(client.connection.snapshot().name, 'live');
});

test('a close that asks not to come back is obeyed, until somebody asks', async () => {
  const client = await at.enter(ann);
  for (const line of [...at.server.lines]) line.end(4400, 'bad_frames');
  assert.deepEqual(client.connection.snapshot(), { name: 'refused', code: 'bad_frames' });
  await at.clock.advance(600_000);
  assert.equal(client.connection.snapshot().name, 'refused');
  client.connection.wake();
  await at.clock.advance(10);
  assert.equal(client.connection.snapshot().name, 'live');
});

test('a line that says nothing is pinged, and given up when it stays silent', async () => {
  const client = await at.enter(ann);
  await at.clock.advance(120_000);
  assert.ok(at.server.heard.filter((each) => each === 'ping').length >= 3);
  assert.equal(hellos(), 1);
  assert.equal(client.connection.snapshot().name, 'live');
  // The other side is gone and nobody says so.
  for (const line of at.server.lines) line.say = () => {};
  await at.clock.advance(76_000);
  assert.equal(hellos(), 2);
  assert.equal(client.connection.snapshot().name, 'live');
});

test('a clock that is set back hides no dead line', async () => {
  let backMs = 0;
  let isSilent = false;
  const { clock } = at;
  const dog = new Watchdog({
    clock: { now: () => clock.now() - backMs, after: (ms, act) => clock.after(ms, act) },
    pingSeconds: 25,
    ping: () => {},
    silent: () => {
      isSilent = true;
    },
  });
  backMs = 3_600_000;
  await clock.advance(120_000);
  dog.stop();
  assert.ok(isSilent);
});

test('waking asks a line that seems alive, and replaces it when no answer comes', async () => {
  const client = await at.enter(ann);
  client.connection.wake();
  await at.clock.advance(6_000);
  assert.equal(hellos(), 1);
  for (const line of at.server.lines) line.say = () => {};
  client.connection.wake();
  await at.clock.advance(6_000);
  assert.equal(hellos(), 2);
});

test('P7 a sign-in that was taken away: signed out, and nothing of it stays', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann);
  const client = await at.enter(ann);
  client.room(hall.id).open();
  await at.clock.advance(10);
  at.server.revoke(ann.me.id);
  await at.clock.advance(10);
  assert.deepEqual(client.session.snapshot(), { name: 'signed-out', ended: true });
  assert.equal(client.connection.snapshot().name, 'idle');
  assert.deepEqual(client.rooms.snapshot().list, []);
  assert.deepEqual(client.room(hall.id).timeline.snapshot().items, []);
});

test('a hole in one’s own line means everything is read again', async () => {
  const client = await at.enter(ann);
  const [person] = [...at.server.people.values()];
  assert.ok(person);
  person.rev += 1;
  const room = at.server.room({ kind: 'open', name: 'New' }, person);
  await at.clock.advance(50);
  assert.equal(hellos(), 2);
  assert.equal(client.rooms.get(room.id)?.name, 'New');
});

test('a replay that does not come is fetched', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann);
  const client = await at.enter(ann);
  const room = client.room(hall.id);
  room.open();
  await at.clock.advance(10);
  at.server.cut();
  hall.send(ann.me.id, 'n' as never, 'missed');
  const { events } = hall;
  hall.events = () => ({ events: [], rev: hall.rev(), epoch: hall.epoch });
  await at.clock.advance(1_000);
  hall.events = events;
  assert.equal(client.connection.snapshot().name, 'catching-up');
  await at.clock.advance(16_000);
  assert.equal(client.connection.snapshot().name, 'live');
  assert.equal(room.timeline.snapshot().last, hall.log.length);
});
