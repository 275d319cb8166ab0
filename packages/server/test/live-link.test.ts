import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  newNonce,
  openLine,
  type Person,
  type Proxy,
  startProxy,
  startRedis,
  startServer,
  type TestRedis,
  type TestServer,
} from '@rill/harness';
import { partitionKey, partitionOf } from '../src/store/keys.ts';
import { assertWhole, eventsOf, headOf, reach } from './live-nodes.ts';

/** Longer than a node may be deaf before it keeps silent. */
const DEAF_MS = 2_000;

const env = {
  SECRET: 'two-nodes-know-the-same-secret-of-32-bytes',
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
};
let redis: TestRedis;
let proxy: Proxy;
let one: TestServer;
let two: TestServer;

before(async () => {
  redis = await startRedis();
  proxy = await startProxy({ path: redis.socket });
  one = await startServer({ env: { ...env, REDIS_URL: redis.url } });
  two = await startServer({ env: { ...env, REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
  await one.owner();
});
after(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await proxy.stop();
  await redis.stop();
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function talkers() {
  const ann = await one.person();
  const [bob, carl] = [(await one.person()).at(two.url), (await one.person()).at(two.url)];
  const room = await ann.makeRoom({ kind: 'closed', name: 'two', members: [bob.id, carl.id] });
  const [b, c] = await Promise.all([bob.live(), carl.live()]);
  return { ann, bob, carl, room, b, c };
}

test('P7 P5 a node that hears nothing sends nothing, and knows removals and ended sessions before it speaks again', async () => {
  const { ann, bob, carl, room, b, c } = await talkers();
  const heard = await ann.say(room.id, 'heard');
  await Promise.all([reach(b, room.id, heard.rev), reach(c, room.id, heard.rev)]);
  proxy.cutNamed('rill-subscriber');
  const elsewhere = (await bob.again()).at(one.url);
  await ann.say(room.id, 'missed');
  await ann.delete(`/rooms/${room.id}/members/${carl.id}`);
  await elsewhere.delete(`/sessions/${bob.session}`);
  await ann.say(room.id, 'canary after');
  await wait(DEAF_MS);
  const before = [b.seen.length, c.seen.length];
  // Deaf: even an answer waits.
  c.socket.send(JSON.stringify({ type: 'ping', ref: 'deaf' }));
  await wait(300);
  assert.deepEqual([b.seen.length, c.seen.length], before);
  // The link is torn and made anew by itself. Whoever's line has moved meanwhile has to come back and be looked at.
  const closings = await Promise.all([b.closed, c.closed]);
  assert.deepEqual(
    closings.map(({ code }) => code),
    [4410, 4410],
  );
  for (const line of [b, c]) {
    assert.ok(!JSON.stringify(line.seen).includes('canary'));
    assert.equal(eventsOf(line, room.id).at(-1)?.rev, heard.rev);
  }
  assert.equal(await openAgain(bob), 4401);
  const back = await carl.live({ [room.id]: { rev: heard.rev, epoch: room.epoch } });
  await back.ack({ type: 'ping' });
  assert.deepEqual(eventsOf(back, room.id), []);
  await back.close();
});

async function openAgain(person: Person): Promise<number> {
  const line = await openLine(two.url);
  line.socket.send(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
  return (await line.closed).code;
}

test('P4 what was missed while the link was silent comes once the node hears again, each once and in order', async () => {
  const { ann, room, b, c } = await talkers();
  const head = await headOf(ann, room.id);
  proxy.cutNamed('rill-subscriber');
  for (let at = 0; at < 300; at += 1) await ann.say(room.id, `missed ${at}`);
  const last = await headOf(ann, room.id);
  await reach(b, room.id, last.rev);
  await reach(c, room.id, last.rev);
  assertWhole(eventsOf(b, room.id), head.rev + 1, last.rev);
  assertWhole(eventsOf(c, room.id), head.rev + 1, last.rev);
  await Promise.all([b.close(), c.close()]);
});

test('P4 the subscriber’s connection is killed by Redis in the middle of talk: nothing is missing', async () => {
  const { ann, room, b } = await talkers();
  const head = await headOf(ann, room.id);
  const admin = redis.client();
  const a = await ann.live();
  for (let at = 0; at < 200; at += 1) {
    await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `${at}` });
    if (at % 50 === 25) await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  }
  const last = await headOf(ann, room.id);
  for (const line of [a, b]) {
    await reach(line, room.id, last.rev);
    assertWhole(eventsOf(line, room.id), head.rev + 1, last.rev);
    await line.close();
  }
});

test('P4 a room in which nobody says anything hears that its log has another life', async (t) => {
  const { bob, room, b } = await talkers();
  const client = redis.client();
  t.after(() => client.disconnect());
  // As after a restart of a Redis of one's own: the numbers are the same, and nobody can know that the log is. The second
  // time nothing has happened in the room since its head was compared last.
  let { epoch, rev } = await bob.page(room.id);
  for (const life of ['another life', 'a third life']) {
    await client.hset(partitionKey(partitionOf(room.id)), 'replid', life);
    const told = await b.take('resync', (frame) => frame.room === room.id && frame.epoch !== epoch);
    assert.equal(told.rev, rev);
    ({ epoch, rev } = await bob.page(room.id));
    assert.equal(told.epoch, epoch);
  }
});
