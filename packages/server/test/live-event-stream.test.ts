import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newNonce, type Person, until } from '@rill/harness';
import { type DownFrame, readClosing, type Room } from '@rill/protocol';
import { type EventStream, openStream } from './event-stream.ts';
import { headOf, type Nodes, startNodes } from './live-nodes.ts';

let nodes: Nodes;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
  nodes = await startNodes();
  await nodes.one.owner();
  ann = await nodes.one.person();
  bob = await nodes.one.person();
  room = await ann.makeRoom({ kind: 'open', name: 'streamed' });
  await bob.put(`/rooms/${room.id}/members/me`);
});
after(() => nodes.stop());

const bearer = (person: Person) => ({ authorization: `Bearer ${person.token}` });
const open = (person: Person, url = nodes.one.url) => openStream(url, bearer(person));

async function live(person: Person, rooms?: Parameters<EventStream['hello']>[0]): Promise<EventStream> {
  const stream = await open(person);
  await stream.hello(rooms);
  return stream;
}

const isEvent = (rev: number) => (frame: DownFrame) =>
  frame.type === 'event' && frame.room === room.id && frame.rev === rev;

function revsOf(stream: EventStream): number[] {
  return stream.seen.flatMap((frame) => (frame.type === 'event' && frame.room === room.id ? [frame.rev] : []));
}

const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + 1 + at);

test('a stream is one that proxies let through, and carries what a socket does', async () => {
  const stream = await open(bob);
  assert.equal(stream.status, 200);
  assert.match(stream.headers['content-type'] ?? '', /^text\/event-stream/);
  assert.match(stream.headers['cache-control'] ?? '', /no-store/);
  assert.equal(stream.headers['x-accel-buffering'], 'no');
  assert.equal(stream.headers['x-content-type-options'], 'nosniff');
  const welcome = await stream.hello();
  assert.equal(welcome.me.id, bob.id);
  assert.ok(welcome.rooms.some(({ id }) => id === room.id));
  const { rev } = await headOf(ann, room.id);
  await ann.say(room.id, '你好');
  const event = await stream.take(isEvent(rev + 1));
  assert.ok(JSON.stringify(event).includes('你好'));
  const ack = await stream.ask({ type: 'send', room: room.id, nonce: newNonce(), text: 'over a request' });
  assert.equal(ack.type, 'ack');
  assert.match(JSON.stringify((await ann.page(room.id)).messages.at(-1)), /over a request/);
  stream.end();
});

test('frames of one request are done in their order; each gets its answer', async () => {
  const stream = await live(bob);
  const frames = Array.from({ length: 20 }, (_, at) => ({
    ...{ type: 'send', ref: `s${at}`, room: room.id, nonce: newNonce() },
    text: `${at}`,
  }));
  assert.equal(await stream.post(frames), 202);
  await stream.take((frame) => frame.type === 'ack' && frame.ref === 's19');
  const texts = (await ann.page(room.id, '?limit=20')).messages.map((each) => ('text' in each ? each.text : ''));
  assert.deepEqual(
    texts,
    frames.map(({ text }) => text),
  );
  stream.end();
});

test('P4 a stream that comes back with cursors has every event after them, once and in order', async () => {
  const first = await live(bob);
  const from = await headOf(bob, room.id);
  first.end();
  for (let at = 0; at < 30; at += 1) await ann.say(room.id, `while away ${at}`);
  const head = await headOf(bob, room.id);
  const back = await live(bob, { [room.id]: from });
  await ann.say(room.id, 'and on');
  await back.take(isEvent(head.rev + 1));
  assert.deepEqual(revsOf(back), upTo(from.rev, head.rev + 1));
  back.end();
});

test('P4 a cursor of another epoch is told to begin anew', async () => {
  const stream = await live(bob, { [room.id]: { rev: 1, epoch: 'otherold' as Room['epoch'] } });
  await stream.take((frame) => frame.type === 'resync' && frame.room === room.id);
  assert.deepEqual(revsOf(stream), []);
  stream.end();
});

test('P5 who is removed hears of nothing later over a stream that was open', async () => {
  const cyd = await nodes.one.person();
  const closed = await ann.makeRoom({ kind: 'closed', name: 'left' });
  await ann.put(`/rooms/${closed.id}/members/${cyd.id}`);
  const stream = await live(cyd);
  await ann.say(closed.id, 'before');
  await stream.take((frame) => JSON.stringify(frame).includes('before'));
  await ann.delete(`/rooms/${closed.id}/members/${cyd.id}`);
  const canary = `canary-${newNonce()}`;
  await ann.say(closed.id, canary);
  await stream.take((frame) => frame.type === 'personal' && frame.event.kind === 'room.gone');
  await stream.ask({ type: 'ping' });
  assert.ok(!JSON.stringify(stream.seen).includes(canary));
  const refused = await stream.ask({ type: 'send', room: closed.id, nonce: newNonce(), text: 'x' });
  assert.ok(refused.type === 'error' && refused.code === 'not_found');
  stream.end();
});

test('P7 a session that is ended is told so and cut within 2 s, and its frames are refused', async () => {
  const cyd = await nodes.one.person();
  const streams = await Promise.all([live(cyd), openStream(nodes.two.url, bearer(cyd))]);
  await streams[1]?.hello();
  await (await cyd.again()).at(nodes.two.url).delete(`/sessions/${cyd.session}`);
  const closings = await Promise.race([Promise.all(streams.map(({ closed }) => closed)), sleep(2_000, 'late')]);
  assert.deepEqual(closings, [
    { code: 4401, reason: 'signed_out' },
    { code: 4401, reason: 'signed_out' },
  ]);
  assert.equal(await streams[0].post([{ type: 'ping', ref: 'p' }]), 401);
});

test('P5 P7 a stream takes frames of the session that opened it alone; to others it is as one that never was', async () => {
  const stream = await live(bob);
  const other = await bob.again();
  const ping = [{ type: 'ping', ref: 'p' }];
  const answers = new Set<string>();
  for (const [person, id] of [
    [ann, stream.id],
    [other, stream.id],
    [bob, `${stream.id.slice(0, 17)}${'a'.repeat(22)}`],
    [bob, `${'0'.repeat(16)}.${'a'.repeat(22)}`],
  ] as const) {
    const answer = await person.ask('POST', '/live/frames', { stream: id, frames: ping });
    assert.equal(answer.status, 410);
    answers.add(JSON.stringify(answer.body));
  }
  assert.equal(answers.size, 1);
  await stream.ask({ type: 'ping' });
  assert.ok(!stream.seen.some((frame) => 'ref' in frame && frame.ref === 'p'));
  // Over another node, which asks nobody, it is lost in silence.
  assert.equal(await stream.post(ping, bearer(ann), nodes.two.url), 202);
  await stream.ask({ type: 'ping' });
  assert.ok(!stream.seen.some((frame) => 'ref' in frame && frame.ref === 'p'));
  // A hello may not sign in somebody else either.
  const fresh = await open(bob);
  await fresh.post([{ type: 'hello', ref: 'h', token: other.token }]);
  assert.equal((await fresh.closed)?.code, 4401);
  stream.end();
});

test('frames that come in at another node find their stream; when it has ended they are refused', async () => {
  const stream = await live(bob);
  const say = { type: 'send', ref: 'far', room: room.id, nonce: newNonce(), text: 'by way of the other node' };
  assert.equal(await stream.post([say], {}, nodes.two.url), 202);
  const ack = await stream.take((frame) => frame.type === 'ack' && frame.ref === 'far');
  assert.match(JSON.stringify(ack), /by way of the other node/);
  stream.end();
  await until('the end is seen', async () => (await stream.post([{ type: 'ping', ref: 'late' }])) === 410);
});

test('P9 who does not read is told 4413 or cut, resumes, and nobody waits for it', async () => {
  const stream = await live(bob);
  const from = await headOf(bob, room.id);
  stream.response.pause();
  const awake = await ann.live();
  const text = '水'.repeat(4_000);
  for (let at = 0; at < 900; at += 1) {
    await awake.ack({ type: 'send', room: room.id, nonce: newNonce(), text });
  }
  // Its frames are not taken while its answers wait.
  assert.equal(await stream.post([{ type: 'ping', ref: 'p' }]), 429);
  await until('it is given up', async () => (await stream.post([{ type: 'ping', ref: 'p' }])) === 410, 40_000);
  stream.response.resume();
  const last = await stream.closed;
  assert.ok(last === undefined || last.code === 4413, JSON.stringify(last));
  const had = revsOf(stream).length;
  assert.deepEqual(revsOf(stream), upTo(from.rev, from.rev + had));
  await ann.say(room.id, 'and on');
  const head = await headOf(ann, room.id);
  const back = await live(bob, { [room.id]: { rev: from.rev + had, epoch: from.epoch } });
  await back.take(isEvent(head.rev));
  assert.deepEqual(revsOf(back), upTo(from.rev + had, head.rev));
  back.end();
  await awake.close();
});

test('P8 frames that are none are struck one by one; the third ends the stream', async () => {
  const stream = await live(bob);
  assert.equal(await stream.post([7, { type: 'ping', ref: 'alive' }, { type: 'sudo', ref: 'a' }]), 202);
  await stream.take((frame) => frame.type === 'ack' && frame.ref === 'alive');
  await stream.post([{ type: 'ping', ref: 'x', admin: true }]);
  assert.equal((await stream.closed)?.code, 4400);
  assert.equal(stream.seen.filter(({ type }) => type === 'error').length, 3);
});

test('P8 requests that are none are refused before any stream hears of them', async () => {
  const stream = await live(bob);
  const ping = { type: 'ping', ref: 'p' };
  const cases: readonly [unknown, number][] = [
    [{ stream: stream.id, frames: [] }, 400],
    [{ stream: stream.id, frames: Array.from({ length: 65 }, () => ping) }, 400],
    [{ stream: stream.id, frames: ping }, 400],
    [{ stream: stream.id, frames: [ping], more: 1 }, 400],
    [{ stream: 'x', frames: [ping] }, 400],
    [{ stream: `${stream.id}}{`, frames: [ping] }, 400],
    [{ frames: [ping] }, 400],
    [[ping], 400],
  ];
  for (const [body, status] of cases) {
    assert.equal((await bob.ask('POST', '/live/frames', body)).status, status, JSON.stringify(body).slice(0, 80));
  }
  const twice = await fetch(`${nodes.one.url}/api/v1/live/frames`, {
    method: 'POST',
    headers: { ...bearer(bob), 'content-type': 'application/json' },
    body: `{"stream":"${stream.id}","frames":[{"type":"ping","ref":"a","ref":"b"}]}`,
  });
  assert.equal(twice.status, 400);
  await stream.ask({ type: 'ping' });
  assert.equal(stream.seen.filter(({ type }) => type === 'error').length, 0);
  stream.end();
});

test('P8 B66 B80 a frame before hello, and a second hello, end the stream', async () => {
  const early = await open(bob);
  await early.post([{ type: 'ping', ref: 'p' }]);
  assert.equal((await early.closed)?.code, 4401);
  const again = await live(bob);
  await again.post([{ type: 'hello', ref: 'again' }]);
  assert.equal((await again.closed)?.code, 4400);
});

test('P8 whoever is signed out, or a page of another origin, opens no stream', async () => {
  const { host } = new URL(nodes.one.url);
  const cookie = `rill=${bob.token}`;
  for (const [headers, status] of [
    [{}, 401],
    [{ authorization: 'Bearer aaaaaaaaaa.bbbbbbbb' }, 401],
    [{ cookie, origin: 'https://evil.example' }, 403],
    [{ cookie, origin: 'null' }, 403],
    [{ cookie, 'sec-fetch-site': 'cross-site' }, 403],
    [{ ...bearer(bob), origin: 'https://evil.example' }, 403],
  ] as const) {
    const refused = await openStream(nodes.one.url, headers);
    assert.equal(refused.status, status, JSON.stringify(headers));
    assert.match(refused.headers['content-type'] ?? '', /problem\+json/);
  }
  const own = await openStream(nodes.one.url, { cookie, 'sec-fetch-site': 'same-origin' });
  assert.equal(own.status, 200);
  const hello = [{ type: 'hello', ref: 'h' }];
  assert.equal(await own.post(hello), 403, 'a cookie alone sends nothing');
  assert.equal(await own.post(hello, { origin: 'https://evil.example' }), 403);
  assert.equal(await own.post(hello, { origin: `http://${host}` }), 202);
  await own.take((frame) => frame.type === 'welcome');
  own.end();
});

test('P8 HEAD is no stream, and POST opens none', async () => {
  const head = await fetch(`${nodes.one.url}/api/v1/live/events`, { method: 'HEAD', headers: bearer(bob) });
  assert.equal(head.status, 405);
  assert.equal((await bob.ask('POST', '/live/events')).status, 405);
  assert.equal((await bob.ask('GET', '/live/frames')).status, 405);
});

test('P9 T37 streams that have not said hello are limited, and those of one user', async () => {
  const pending = await Promise.all(Array.from({ length: 20 }, () => open(bob, nodes.two.url)));
  const over = await open(bob, nodes.two.url);
  assert.equal(over.status, 429);
  assert.match(over.headers['retry-after'] ?? '', /^\d+$/);
  for (const each of pending) each.end();
  await until('their places are free', async () => {
    const next = await open(bob, nodes.two.url);
    next.end();
    return next.status === 200;
  });
});

test('P8 B84 B85 who says no hello, and who answers no comment, is let go', async () => {
  const quick = await startNodes({ LIMIT_HELLO_SECONDS: '2', LIMIT_PING_SECONDS: '1', LIMIT_PONG_SECONDS: '2' });
  try {
    await quick.one.owner();
    const person = await quick.one.person();
    const silent = await open(person, quick.one.url);
    assert.equal((await silent.closed)?.code, 4408);
    const dead = await open(person, quick.one.url);
    await dead.hello();
    const alive = await open(person, quick.one.url);
    await alive.hello();
    let isOver = false;
    void dead.closed.then(() => {
      isOver = true;
    });
    await until('a comment, answered each time, until the other is gone', async () => {
      if (alive.comments() > 0) await alive.ask({ type: 'ping' });
      return isOver;
    });
    assert.equal((await dead.closed)?.code, 4409);
    assert.ok(dead.comments() > 0);
    assert.equal((await alive.ask({ type: 'ping' })).type, 'ack');
    alive.end();
  } finally {
    await quick.stop();
  }
});

test('P1 a node that stops finishes what it took and tells its streams when to come back', async () => {
  const third = await startNodes();
  try {
    await third.one.owner();
    const person = await third.one.person();
    const streams = await Promise.all(Array.from({ length: 8 }, () => open(person, third.two.url)));
    for (const each of streams) await each.hello();
    const made = await person.makeRoom({ name: 'last words' });
    const sending = streams[0]?.ask({ type: 'send', room: made.id, nonce: newNonce(), text: 'last' });
    const answer = await sending;
    const stopping = third.two.stop();
    assert.equal(answer?.type, 'ack');
    for (const { closed } of streams) {
      const last = await closed;
      assert.equal(last?.code, 1012);
      const { reconnect, waitMs } = readClosing(last.code, last.reason);
      assert.ok(reconnect && waitMs <= 10_000);
    }
    await stopping;
  } finally {
    await third.one.stop();
    await third.redis.stop();
  }
});
