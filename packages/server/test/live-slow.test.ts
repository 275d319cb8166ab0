import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, newNonce, type Person } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { assertWhole, eventsOf, headOf, type Nodes, reach, startNodes } from './live-nodes.ts';
import { handshakeOf, openRaw, type RawSocket } from './raw-socket.ts';

let nodes: Nodes;
let ann: Person;
let room: Room;
let talkers: Line[];
const TEXT = '水'.repeat(4_000);

before(async () => {
  nodes = await startNodes();
  await nodes.one.owner();
  ann = await nodes.one.person();
  room = await ann.makeRoom({ kind: 'open', name: 'loud' });
  talkers = await Promise.all(Array.from({ length: 16 }, () => ann.live()));
});
after(() => nodes.stop());

/** A member's socket that reads nothing from now on. */
async function sleeper(): Promise<{ person: Person; raw: RawSocket; cursor: { rev: number; epoch: Room['epoch'] } }> {
  const person = await nodes.one.person();
  await person.put(`/rooms/${room.id}/members/me`);
  const raw = await openRaw(nodes.one.port);
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
  await raw.json((frame) => frame.type === 'welcome');
  const cursor = await headOf(person, room.id);
  raw.socket.pause();
  return { person, raw, cursor };
}

/** So many messages, over several sockets at once. */
async function say(count: number, text: string): Promise<void> {
  let left = count;
  const talk = async (line: Line) => {
    while (left > 0) {
      left -= 1;
      await line.ack({ type: 'send', room: room.id, nonce: newNonce(), text });
    }
  };
  await Promise.all(talkers.map(talk));
}

test('P9 who does not read is dropped, loses nothing, and nobody else waits for it', async () => {
  const sleepers = await Promise.all(Array.from({ length: 4 }, sleeper));
  const reader = await nodes.one.person();
  await reader.put(`/rooms/${room.id}/members/me`);
  const awake = await reader.live();
  const from = await headOf(ann, room.id);
  // Twelve kilobytes each: far more than a writer and a socket hold.
  await say(700, TEXT);
  const until = Date.now() + 11_000;
  while (Date.now() < until) {
    await say(1, 'on');
    await sleep(100);
  }
  const head = await headOf(ann, room.id);
  await reach(awake, room.id, head.rev);
  assertWhole(eventsOf(awake, room.id), from.rev + 1, head.rev);
  for (const { person, raw, cursor } of sleepers) {
    raw.socket.resume();
    const code = await raw.closed;
    // 1006: it had been cut already. 4409: on a busy machine the ping it owed came first.
    assert.ok([4413, 4409, 1006].includes(code), `closed with ${code}`);
    const back = await person.live({ [room.id]: cursor });
    await reach(back, room.id, head.rev);
    assertWhole(eventsOf(back, room.id), cursor.rev + 1, head.rev);
    await back.close();
  }
  await awake.close();
});

test('P9 P4 who pauses for a while and reads on has everything, over the same socket', async () => {
  const { raw } = await sleeper();
  const from = await headOf(ann, room.id);
  await say(700, 'x'.repeat(6_000));
  await sleep(200);
  raw.socket.resume();
  const head = await headOf(ann, room.id);
  await raw.json((frame) => frame.type === 'event' && frame.room === room.id && frame.rev === head.rev);
  const revs = raw.frames
    .map(({ payload }) => (payload[0] === 0x7b ? (JSON.parse(payload.toString()) as Record<string, unknown>) : {}))
    .filter((frame) => frame.type === 'event' && frame.room === room.id)
    .map((frame) => frame.rev);
  assert.deepEqual(
    revs,
    Array.from({ length: head.rev - from.rev }, (_, at) => from.rev + 1 + at),
  );
  raw.socket.destroy();
});

test('P8 B78 B84 B85 who says nothing, half a frame, or never answers a ping is let go', async () => {
  const quick = await startNodes({ LIMIT_HELLO_SECONDS: '2', LIMIT_PING_SECONDS: '1', LIMIT_PONG_SECONDS: '2' });
  try {
    await quick.one.owner();
    const person = await quick.one.person();
    const silent = await openRaw(quick.one.port);
    const half = await openRaw(quick.one.port);
    half.write(Buffer.from([0x81, 0xfe, 0x01]));
    assert.equal(await silent.closed, 4408);
    assert.equal(await half.closed, 4408);
    const dead = await openRaw(quick.one.port, handshakeOf(quick.one.port), false);
    dead.text(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
    await dead.json((frame) => frame.type === 'welcome');
    const alive = await person.live();
    assert.equal(await dead.closed, 4409);
    await alive.ack({ type: 'ping' });
    await alive.close();
  } finally {
    await quick.stop();
  }
});

test('P9 T37 sockets that have not said who they are, and sockets of one user, are limited', async () => {
  const pending = await Promise.all(Array.from({ length: 20 }, () => openRaw(nodes.two.port)));
  assert.deepEqual(new Set(pending.map(({ status }) => status)), new Set([101]));
  const over = await openRaw(nodes.two.port);
  assert.equal(over.status, 429);
  assert.match(over.answer, /retry-after: \d+/i);
  for (const raw of pending) raw.socket.destroy();
  const person = (await nodes.one.person()).at(nodes.two.url);
  let lines: Line[] = [];
  // The places of the destroyed ones are free as soon as the server has seen their end.
  for (let tries = 0; lines.length === 0; tries += 1) {
    lines = await person
      .live()
      .then((line) => [line])
      .catch((error: unknown) => {
        if (tries > 50) throw error;
        return sleep(50).then(() => []);
      });
  }
  for (let at = 1; at < 20; at += 1) lines.push(await person.live());
  const raw = await openRaw(nodes.two.port);
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
  const error = await raw.json((frame) => frame.type === 'error');
  assert.equal(error.code, 'too_many_sockets');
  assert.ok(Number(error.retryAfterMs) > 0);
  assert.equal(await raw.closed, 1013);
  await Promise.all(lines.map((line) => line.close()));
});
