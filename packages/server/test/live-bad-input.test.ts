import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import { newNonce, type Person, startServer, type TestServer } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { BINARY, CLOSE, frameOf, handshakeOf, openRaw, PING, PONG, type RawSocket, TEXT } from './raw-socket.ts';

let server: TestServer;
let ann: Person;
let room: Room;
before(async () => {
  server = await startServer({ env: { LIMIT_SENDS_PER_SECOND: '1000', LIMIT_SEND_BURST: '1000' } });
  await server.owner();
  ann = await server.person();
  room = await ann.makeRoom({ name: 'here' });
});
after(() => server.stop());

const open = () => openRaw(server.port);

async function signedIn(): Promise<RawSocket> {
  const raw = await open();
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: ann.token }));
  await raw.json((frame) => frame.type === 'welcome');
  return raw;
}

/** The server is as well as before: it answers, and the room holds what it held. */
async function assertUnharmed(seq: number): Promise<void> {
  assert.equal((await ann.get<Room>(`/rooms/${room.id}`)).seq, seq);
}

const HANDSHAKES: readonly [string, string | ((port: number) => string), readonly number[]][] = [
  ['B62 no key', (port) => handshakeOf(port, { 'Sec-WebSocket-Key': '' }), [400]],
  ['B62 short key', (port) => handshakeOf(port, { 'Sec-WebSocket-Key': 'AAAA' }), [400]],
  ['B62 version 12', (port) => handshakeOf(port, { 'Sec-WebSocket-Version': '12' }), [426]],
  ['B62 Connection: close', (port) => handshakeOf(port, { Connection: 'close' }), [426]],
  ['B62 no Upgrade', (port) => handshakeOf(port, { Upgrade: '' }), [426]],
  ['B62 another protocol', (port) => handshakeOf(port, { Upgrade: 'h2c' }), [400, 426]],
  ['B62 POST', (port) => handshakeOf(port, {}, 'POST /api/v1/live HTTP/1.1'), [400, 405, 426]],
  ['B62 HTTP/1.0', (port) => handshakeOf(port, {}, 'GET /api/v1/live HTTP/1.0'), [400, 426]],
  ['B63 a foreign Origin', (port) => handshakeOf(port, { Origin: 'https://evil.example' }), [403]],
  ['B63 Origin null', (port) => handshakeOf(port, { Origin: 'null' }), [403]],
  [
    'B63 an Origin that begins like ours',
    (port) => handshakeOf(port, { Origin: `http://127.0.0.1:${port}.evil.example` }),
    [403],
  ],
  ['B63 our host over another port', (port) => handshakeOf(port, { Origin: 'http://127.0.0.1:1' }), [403]],
  ['B63 a cookie without Origin', (port) => handshakeOf(port, { Cookie: 'rill=aaaaaaaaaa.bbbb' }), [403]],
  [
    'B63 a subprotocol of 12 KiB',
    (port) => handshakeOf(port, { 'Sec-WebSocket-Protocol': 'a'.repeat(12_000) }),
    [101, 400],
  ],
  ['B63 a subprotocol that is none', (port) => handshakeOf(port, { 'Sec-WebSocket-Protocol': 'a,,b' }), [400]],
  ['B63 the same subprotocol twice', (port) => handshakeOf(port, { 'Sec-WebSocket-Protocol': 'a, a' }), [400]],
  ['B63 extensions nobody knows', (port) => handshakeOf(port, { 'Sec-WebSocket-Extensions': ';;;=,' }), [101]],
  ['B77 compression offered', (port) => handshakeOf(port, { 'Sec-WebSocket-Extensions': 'permessage-deflate' }), [101]],
  ['an upgrade at another address', (port) => handshakeOf(port, {}, 'GET /api/v1/me HTTP/1.1'), [401, 404]],
  ['an upgrade at no address', (port) => handshakeOf(port, {}, 'GET /nowhere HTTP/1.1'), [404]],
];

for (const [name, handshake, statuses] of HANDSHAKES) {
  test(`P8 handshake: ${name}`, async () => {
    const raw = await openRaw(server.port, typeof handshake === 'string' ? handshake : handshake(server.port));
    assert.ok(statuses.includes(raw.status), `${raw.status}: ${raw.answer}`);
    if (raw.status === 101) assert.ok(!/sec-websocket-(extensions|protocol)/i.test(raw.answer));
    raw.socket.destroy();
  });
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const many = (count: number, piece: Buffer) => Buffer.concat(Array.from({ length: count }, () => piece));

const FRAMES: readonly [string, Buffer, readonly number[]][] = [
  ['B67 unmasked', frameOf('{}', { mask: false }), [1002]],
  ['B68 RSV1', frameOf('{}', { rsv: 4 }), [1002]],
  ['B68 RSV2', frameOf('{}', { rsv: 2 }), [1002]],
  ['B68 RSV3', frameOf('{}', { rsv: 1 }), [1002]],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(
    (opcode) => [`B68 opcode ${opcode}`, frameOf('{}', { opcode }), [1002]] as [string, Buffer, number[]],
  ),
  ['B69 invalid UTF-8', frameOf(bytes('{"type":"\xc3\x28"}')), [1007]],
  ['B69 an overlong slash', frameOf(bytes('"\xc0\xaf"')), [1007]],
  ['B69 a surrogate in UTF-8', frameOf(bytes('"\xed\xa0\x80"')), [1007]],
  ['B70 binary', frameOf('{}', { opcode: BINARY }), [1003]],
  ['B71 a length of 2^63', frameOf('', { claim: 1n << 63n }), [1009, 1002]],
  ['B71 a length of 2^53 + 1', frameOf('', { claim: (1n << 53n) + 1n }), [1009]],
  ['B71 a length over the limit', frameOf('', { claim: 163_841n }), [1009]],
  [
    'B72 65 empty fragments',
    Buffer.concat([frameOf('', { fin: false }), many(70, frameOf('', { opcode: 0, fin: false }))]),
    [1008, 1009],
  ],
  [
    'B72 10,000 fragments of a byte',
    Buffer.concat([frameOf('"', { fin: false }), many(10_000, frameOf('a', { opcode: 0, fin: false }))]),
    [1008, 1009],
  ],
  ['B73 a continuation first', frameOf('{}', { opcode: 0 }), [1002]],
  ['B73 a new text between fragments', Buffer.concat([frameOf('{', { fin: false }), frameOf('}')]), [1002]],
  ['a ping in fragments', frameOf('', { opcode: PING, fin: false }), [1002]],
  ['a ping of 126 bytes', frameOf('a'.repeat(126), { opcode: PING }), [1002]],
  ['a close with one byte', frameOf('a', { opcode: CLOSE }), [1002]],
  ['a close with code 1006', frameOf(Buffer.from([0x03, 0xee]), { opcode: CLOSE }), [1002]],
  ['a close with a reason that is no UTF-8', frameOf(bytes('\x03\xe8\xff'), { opcode: CLOSE }), [1007]],
  ['B66 a frame before hello', frameOf('{"type":"ping","ref":"a"}'), [4401]],
  ['B66 a hello without a token', frameOf('{"type":"hello","ref":"a"}'), [4401]],
  ['B66 a hello with a token nobody has', frameOf('{"type":"hello","ref":"a","token":"aaaaaaaaaa.bbbbbbbb"}'), [4401]],
];

for (const [name, frame, codes] of FRAMES) {
  test(`P8 frame: ${name}`, async () => {
    const raw = await open();
    raw.write(frame);
    const code = await raw.closed;
    assert.ok(codes.includes(code), `closed with ${code}`);
  });
}

const REFUSED: readonly [string, string, string][] = [
  ['B79 not JSON', 'hello?', 'malformed_json'],
  ['B79 nothing', '', 'malformed_json'],
  ['B79 an array', '[]', 'bad_request'],
  ['B79 null', 'null', 'bad_request'],
  ['B79 deep', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
  ['B79 very deep', '['.repeat(100_000), 'too_deep'],
  ['B79 a type nobody knows', '{"type":"sudo","ref":"a"}', 'bad_request'],
  ['B79 a type of every object', '{"type":"toString","ref":"a"}', 'bad_request'],
  ['B79 a type that is a number', '{"type":7,"ref":"a"}', 'bad_request'],
  ['B79 no ref', '{"type":"ping"}', 'bad_request'],
  ['B79 an empty ref', '{"type":"ping","ref":""}', 'bad_request'],
  ['B79 a ref of 100,000', `{"type":"ping","ref":"${'a'.repeat(100_000)}"}`, 'bad_request'],
  ['B79 a ref that is a number', '{"type":"ping","ref":1}', 'bad_request'],
  ['B28 a field twice', '{"type":"ping","ref":"a","ref":"b"}', 'duplicate_key'],
  ['B29 __proto__', '{"type":"ping","ref":"a","__proto__":{}}', 'bad_request'],
  ['B33 half a surrogate pair', '{"type":"ping","ref":"a","x":"\\ud800"}', 'malformed_unicode'],
  ['B35 a field nobody knows', '{"type":"ping","ref":"a","admin":true}', 'bad_request'],
  ['B31 a number as text', '{"type":"read","ref":"a","room":"ROOM","seq":"1"}', 'bad_request'],
  ['B31 a seq of 2^53', '{"type":"read","ref":"a","room":"ROOM","seq":9007199254740993}', 'malformed_json'],
  ['B49 a room that closes a hash tag', '{"type":"read","ref":"a","room":"a}{b","seq":1}', 'bad_request'],
  ['B51 a cursor below nothing', '{"type":"read","ref":"a","room":"ROOM","seq":-1}', 'bad_request'],
  ['B24 a byte order mark', '\ufeff{"type":"ping","ref":"a"}', 'malformed_json'],
];

for (const [name, text, code] of REFUSED) {
  test(`P8 bad frame: ${name}`, async () => {
    const raw = await signedIn();
    const seq = (await ann.get<Room>(`/rooms/${room.id}`)).seq;
    raw.text(text.replace('ROOM', room.id));
    const error = await raw.json((frame) => frame.type === 'error');
    assert.equal(error.code, code);
    // It lives: three bad ones are needed.
    raw.text('{"type":"ping","ref":"alive"}');
    await raw.json((frame) => frame.type === 'ack' && frame.ref === 'alive');
    for (let at = 0; at < 2; at += 1) raw.text(text.replace('ROOM', room.id));
    assert.equal(await raw.closed, 4400);
    await assertUnharmed(seq);
  });
}

test('P8 B69 B73 a code point split over fragments, with a ping in between, is a frame', async () => {
  const raw = await signedIn();
  const whole = Buffer.from(JSON.stringify({ type: 'send', ref: 's', room: room.id, nonce: newNonce(), text: '水' }));
  const cut = whole.indexOf('水') + 1;
  raw.write(frameOf(whole.subarray(0, cut), { fin: false }));
  raw.write(frameOf('beat', { opcode: PING }));
  raw.write(frameOf(whole.subarray(cut), { opcode: 0 }));
  const ack = await raw.json((frame) => frame.ref === 's');
  assert.equal(ack.type, 'ack');
  const pong = raw.frames.find(({ opcode }) => opcode === PONG);
  assert.equal(pong?.payload.toString(), 'beat');
  raw.socket.destroy();
});

test('P8 B79 a ref that is in use is refused', async () => {
  const raw = await signedIn();
  const say = () => JSON.stringify({ type: 'send', ref: 'same', room: room.id, nonce: newNonce(), text: 'x' });
  raw.write(Buffer.concat([frameOf(say()), frameOf(say())]));
  const error = await raw.json((frame) => frame.type === 'error');
  assert.equal(error.code, 'bad_request');
  await raw.json((frame) => frame.type === 'ack' && frame.ref === 'same');
  raw.socket.destroy();
});

test('P8 B80 hello twice closes, whoever it names', async () => {
  for (const token of [ann.token, (await server.person()).token]) {
    const raw = await signedIn();
    raw.text(JSON.stringify({ type: 'hello', ref: 'again', token }));
    assert.equal(await raw.closed, 4400);
  }
});

test('P8 B75 a flood of pings or pongs is closed', async () => {
  for (const opcode of [PING, PONG]) {
    const raw = await signedIn();
    const flood = many(1_000, frameOf('', { opcode }));
    raw.write(flood);
    assert.equal(await raw.closed, 4429);
  }
});

test('P8 B75 what comes after a close is ignored', async () => {
  const raw = await signedIn();
  const say = JSON.stringify({ type: 'send', ref: 'late', room: room.id, nonce: newNonce(), text: 'after the close' });
  const { seq } = await ann.get<Room>(`/rooms/${room.id}`);
  const bye = frameOf(Buffer.from([0x03, 0xe8]), { opcode: CLOSE });
  raw.write(Buffer.concat([bye, bye, frameOf(say)]));
  assert.equal(await raw.closed, 1000);
  await assertUnharmed(seq);
});

test('P8 B82 a flood of sends is answered with when to go on, then closed', async () => {
  const raw = await signedIn();
  const say = () =>
    frameOf(JSON.stringify({ type: 'send', ref: newNonce(), room: room.id, nonce: newNonce(), text: 'x' }));
  raw.write(Buffer.concat(Array.from({ length: 120 }, say)));
  const error = await raw.json((frame) => frame.type === 'error' && frame.code === 'rate_limited');
  assert.ok(Number(error.retryAfterMs) > 0);
  assert.ok(typeof error.ref === 'string');
  raw.write(Buffer.concat(Array.from({ length: 400 }, say)));
  assert.equal(await raw.closed, 4429);
});

test('P8 B81 a hello with more cursors than a user may have rooms is refused', async () => {
  const raw = await open();
  const rooms = Object.fromEntries(
    Array.from({ length: 1_001 }, (_, at) => [`00${String(at).padStart(16, '0')}`, { rev: 1, epoch: 'aaaaaaaa' }]),
  );
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: ann.token, rooms }));
  const error = await raw.json((frame) => frame.type === 'error');
  assert.equal(error.code, 'bad_request');
  raw.socket.destroy();
});

test('P5 B81 a hello with cursors of rooms that are not one’s own says nothing of them', async () => {
  const other = await server.person();
  const theirs = await other.makeRoom({ kind: 'closed', name: 'secret' });
  await other.say(theirs.id, 'canary');
  const raw = await open();
  const rooms = { [theirs.id]: { rev: 0, epoch: theirs.epoch }, '00aaaaaaaaaaaaaaaa': { rev: 0, epoch: theirs.epoch } };
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: ann.token, rooms }));
  await raw.json((frame) => frame.type === 'welcome');
  raw.text('{"type":"ping","ref":"p"}');
  await raw.json((frame) => frame.ref === 'p');
  assert.ok(!raw.frames.some(({ payload }) => payload.includes(theirs.id)));
  raw.socket.destroy();
});

test('P8 B88 typing in a room one is not in is not told, and says no more than that', async () => {
  const other = await server.person();
  const theirs = await other.makeRoom({ kind: 'closed', name: 'secret' });
  const raw = await signedIn();
  const answers: unknown[] = [];
  for (const [ref, id] of [
    ['a', theirs.id],
    ['b', '00aaaaaaaaaaaaaaaa'],
  ] as const) {
    raw.text(JSON.stringify({ type: 'typing', ref, room: id }));
    const { ref: _, ...answer } = await raw.json((frame) => frame.ref === ref);
    answers.push(answer);
  }
  assert.deepEqual(answers[0], answers[1]);
  raw.socket.destroy();
});

test('P8 the event loop stays free while all of this comes at once', async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const raws = await Promise.all(Array.from({ length: 10 }, signedIn));
  for (const raw of raws) {
    raw.text('['.repeat(160_000));
    raw.text(`{"type":"send","ref":"a","room":"${room.id}","nonce":"n","text":"${'\\u6c34'.repeat(20_000)}"}`);
    raw.text(`{"type":"send","ref":"b","room":"${room.id}","nonce":"n",${'"x":1,'.repeat(20_000)}"y":1}`);
  }
  await Promise.all(raws.map((raw) => raw.json((frame) => frame.type === 'error')));
  for (const raw of raws) raw.socket.destroy();
  delay.disable();
  await ann.ask('GET', '/me');
  assert.equal(TEXT, 1);
});
