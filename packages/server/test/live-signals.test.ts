import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, test } from 'node:test';
import type { DownFrame, Me, RoomId, SignalFrame, UserId } from '@rill/protocol';
import { type Line, newNonce, type Person, until } from '@rill/harness';
import { Parcel } from '../src/live/parcel.ts';
import { Turn } from '../src/live/turn.ts';
import { Writer } from '../src/live/writer.ts';
import { type Nodes, startNodes } from './live-nodes.ts';
import { openRaw } from './raw-socket.ts';

let nodes: Nodes;
before(async () => {
  nodes = await startNodes({ LIMIT_PRESENCE_EVERY_SECONDS: '1', LIMIT_PRESENCE_GONE_SECONDS: '5' });
  await nodes.one.owner();
});
after(() => nodes.stop());

/** Ann on the first node, Bob on the second. */
const pair = async (kind: 'open' | 'closed' = 'closed') => {
  const ann = await nodes.one.person();
  const bob = (await nodes.one.person()).at(nodes.two.url);
  const room = await ann.makeRoom({ kind, name: 'signals', members: kind === 'closed' ? [bob.id] : [] });
  return { ann, bob, room };
};

interface Screen {
  readonly rooms?: readonly RoomId[];
  readonly users?: readonly UserId[];
  readonly presence?: 'online' | 'away';
}

const follow = (line: Line, { rooms = [], users = [], presence = 'online' }: Screen) =>
  line.ack({ type: 'follow', rooms: [...rooms], users: [...users], presence });

const signalsOf = (line: Line): SignalFrame['signal'][] =>
  line.seen.filter((frame: DownFrame) => frame.type === 'signal').map(({ signal }) => signal);

/** Waits until the line's newest word on the user is this. */
async function sees(line: Line, user: UserId, presence: string): Promise<string | undefined> {
  const newest = () =>
    signalsOf(line).findLast((signal) => signal.kind === 'presence' && signal.user === user) as
      | { presence: string; lastSeenAt?: string }
      | undefined;
  await until(`${presence} is seen`, () => newest()?.presence === presence);
  return newest()?.lastSeenAt;
}

const closeAll = (...lines: Line[]) => Promise.all(lines.map((line) => line.close()));

test('P5 who is writing is told over nodes to members that look at the room, and to nobody else', async () => {
  const { ann, bob, room } = await pair();
  const other = (await nodes.one.person()).at(nodes.two.url);
  const second = await bob.again();
  const [a, b, elsewhere, stranger] = await Promise.all([ann.live(), bob.live(), second.live(), other.live()]);
  await Promise.all([a, b].map((line) => follow(line, { rooms: [room.id] })));
  await follow(elsewhere, { rooms: [] });
  // Not in the room: it is passed over, and answered as any.
  await follow(stranger, { rooms: [room.id], users: [ann.id, bob.id] });
  await a.ack({ type: 'typing', room: room.id });
  const { signal } = await b.take('signal', (frame) => frame.signal.kind === 'typing');
  assert.deepEqual(signal, { kind: 'typing', room: room.id, user: ann.id });
  for (const line of [a, elsewhere, stranger]) {
    await line.ack({ type: 'ping' });
    assert.deepEqual(signalsOf(line), []);
  }
  await closeAll(a, b, elsewhere, stranger);
});

test('P5 who is removed hears nobody write, though the room was on the screen', async () => {
  const { ann, bob, room } = await pair();
  const carl = await nodes.one.person();
  await ann.put(`/rooms/${room.id}/members/${carl.id}`);
  const [a, b, c] = await Promise.all([ann.live(), bob.live(), carl.at(nodes.two.url).live()]);
  await Promise.all([b, c].map((line) => follow(line, { rooms: [room.id] })));
  await ann.delete(`/rooms/${room.id}/members/${bob.id}`);
  await b.take('event', ({ event }) => event.kind === 'member.left');
  await a.ack({ type: 'typing', room: room.id });
  await c.take('signal', ({ signal }) => signal.kind === 'typing');
  await b.ack({ type: 'ping' });
  assert.deepEqual(signalsOf(b), []);
  await closeAll(a, b, c);
});

test('B88 however often it is said, writing is told no more than every few seconds', async () => {
  const { ann, bob, room } = await pair();
  const [a, there, b] = await Promise.all([ann.live(), ann.at(nodes.two.url).live(), bob.live()]);
  await follow(b, { rooms: [room.id] });
  const said = Array.from({ length: 100 }, (_, at) => (at % 2 ? a : there).ack({ type: 'typing', room: room.id }));
  await Promise.all(said);
  // What was said on another room's account comes later over the same link.
  const last = await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: 'after all' });
  await b.take('event', ({ rev }) => rev === last.message?.rev);
  assert.equal(signalsOf(b).length, 1);
  await closeAll(a, there, b);
});

test('several devices on several nodes are one person: online, away, offline and since when', async () => {
  const { ann, bob } = await pair();
  const a = await ann.live();
  await follow(a, { users: [bob.id] });
  assert.equal(await sees(a, bob.id, 'offline'), undefined);
  const b = await bob.live();
  await sees(a, bob.id, 'online');
  const other = await bob.at(nodes.one.url).live();
  await follow(b, { presence: 'away' });
  await follow(other, { presence: 'away' });
  await sees(a, bob.id, 'away');
  await follow(other, { presence: 'online' });
  await sees(a, bob.id, 'online');
  await b.close();
  await follow(other, { presence: 'away' });
  await sees(a, bob.id, 'away');
  const before = Date.now();
  await other.close();
  const lastSeenAt = await sees(a, bob.id, 'offline');
  assert.ok(lastSeenAt !== undefined && Math.abs(Date.parse(lastSeenAt) - before) < 70_000);
  const again = await bob.live();
  await sees(a, bob.id, 'online');
  await closeAll(a, again);
});

test('whoever looks later is told too, and a node that falls silent is no proof of anybody', async () => {
  const { ann, bob, room } = await pair();
  const b = await bob.live();
  const first = await ann.live();
  await follow(first, { rooms: [room.id], users: [bob.id] });
  await sees(first, bob.id, 'online');
  const second = await ann.live();
  await follow(second, { users: [bob.id] });
  await sees(second, bob.id, 'online');
  await b.close();
  await sees(first, bob.id, 'offline');
  const redis = nodes.redis.client();
  await redis.call('SPUBLISH', `{u:${bob.id}}:presence`, 'a-node-that-was-killed online');
  await sees(second, bob.id, 'online');
  await sees(second, bob.id, 'offline');
  await closeAll(first, second);
});

test('P5 presence is told only while a room is shared', async () => {
  const { ann, bob, room } = await pair();
  const carl = await nodes.one.person();
  const [a, b, c] = await Promise.all([ann.live(), bob.live(), carl.live()]);
  await follow(c, { users: [ann.id, bob.id] });
  await follow(a, { users: [bob.id, carl.id] });
  await sees(a, bob.id, 'online');
  await c.ack({ type: 'ping' });
  assert.deepEqual(signalsOf(c), []);
  await ann.put(`/rooms/${room.id}/members/${carl.id}`);
  await follow(c, { users: [ann.id, bob.id] });
  await sees(c, bob.id, 'online');
  // Either end of the bond: Bob goes out of the room, and Carl does.
  await ann.delete(`/rooms/${room.id}/members/${bob.id}`);
  await Promise.all([a, c].map((line) => line.take('event', ({ event }) => event.kind === 'member.left')));
  const known = [a, c].map((line) => signalsOf(line).length);
  await follow(b, { presence: 'away' });
  await follow(a, { presence: 'away', users: [carl.id, bob.id] });
  await sees(c, ann.id, 'away');
  const witness = await nodes.two.person();
  const shared = await ann.makeRoom({ kind: 'closed', name: 'witness', members: [witness.id] });
  const w = await witness.live();
  await follow(w, { rooms: [shared.id], users: [ann.id] });
  await sees(w, ann.id, 'away');
  await ann.delete(`/rooms/${room.id}/members/${carl.id}`);
  await c.take('event', ({ event }) => event.kind === 'member.left' && event.user === carl.id);
  const heard = signalsOf(c).length;
  await follow(a, { presence: 'online' });
  await sees(w, ann.id, 'online');
  await c.ack({ type: 'ping' });
  assert.equal(signalsOf(c).length, heard);
  const ofBob = (line: Line) => signalsOf(line).filter((each) => each.kind === 'presence' && each.user === bob.id);
  assert.ok([a, c].every((line, at) => ofBob(line).length <= (known[at] ?? 0)));
  assert.ok([a, c].every((line) => ofBob(line).every((each) => each.kind === 'presence' && each.presence !== 'away')));
  await closeAll(a, b, c, w);
});

test('who hides presence is offline for others, since nobody knows when, and nothing of it is kept', async () => {
  const { ann, bob } = await pair();
  const a = await ann.live();
  const [b, other] = await Promise.all([bob.live(), bob.at(nodes.one.url).live()]);
  await follow(a, { users: [bob.id] });
  await sees(a, bob.id, 'online');
  await other.close();
  const me = await bob.patch<Me>('/me', { hidePresence: true });
  assert.equal(me.hidePresence, true);
  assert.equal(await sees(a, bob.id, 'offline'), undefined);
  await follow(b, { presence: 'away' });
  await follow(b, { presence: 'online' });
  await b.close();
  const again = await bob.live();
  assert.equal((await bob.get<Me>('/me')).hidePresence, true);
  assert.equal(await nodes.redis.client().hget(`{u:${bob.id}}`, 'seen'), null);
  await bob.patch<Me>('/me', { hidePresence: false });
  await sees(a, bob.id, 'online');
  const words = signalsOf(a).map((each) => each.kind === 'presence' && each.presence);
  assert.deepEqual(words, ['online', 'offline', 'online']);
  await closeAll(a, again);
});

/** Ann has Bob on her screen and was told since when he is gone; `hidden` resolves when she is told that no more. */
async function bobLeft() {
  const { ann, bob } = await pair();
  const a = await ann.live();
  const b = await bob.live();
  await follow(a, { users: [bob.id] });
  await sees(a, bob.id, 'online');
  await b.close();
  assert.notEqual(await sees(a, bob.id, 'offline'), undefined);
  const isHidden = () => {
    const newest = signalsOf(a).findLast((signal) => signal.kind === 'presence');
    return newest?.kind === 'presence' && newest.presence === 'offline' && newest.lastSeenAt === undefined;
  };
  return { a, bob, hidden: () => until('since when is told no more', isHidden) };
}

test('P5 who comes back and hides at once is not left standing with when they were last seen', async () => {
  const { a, bob, hidden } = await bobLeft();
  const again = await bob.live();
  await bob.patch<Me>('/me', { hidePresence: true });
  await hidden();
  await closeAll(a, again);
});

test('P5 who hides presence while on no device is not left standing with when they were last seen', async () => {
  const { a, bob, hidden } = await bobLeft();
  await bob.patch<Me>('/me', { hidePresence: true });
  await hidden();
  await closeAll(a);
});

test('P5 a change of name is told over nodes to those who share a room, with the whole card', async () => {
  const { ann, bob } = await pair();
  const stranger = (await nodes.one.person()).at(nodes.two.url);
  const [b, s] = await Promise.all([bob.live(), stranger.live()]);
  await ann.patch('/me', { displayName: 'Ann of the signals' });
  const { signal } = await b.take('signal', (frame) => frame.signal.kind === 'user.changed');
  assert.ok(signal.kind === 'user.changed');
  assert.equal(signal.user.id, ann.id);
  assert.equal(signal.user.displayName, 'Ann of the signals');
  assert.ok(!('hidePresence' in signal.user));
  await s.ack({ type: 'ping' });
  assert.deepEqual(signalsOf(s), []);
  await closeAll(b, s);
});

test('P9 a socket that does not read delays nobody’s signals', async () => {
  const { ann, bob, room } = await pair();
  const readers: Person[] = await Promise.all(Array.from({ length: 3 }, () => nodes.two.person()));
  for (const { id } of readers) await ann.put(`/rooms/${room.id}/members/${id}`);
  const raw = await openRaw(nodes.two.port);
  raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: bob.token }));
  await raw.json((frame) => frame.type === 'welcome');
  raw.text(
    JSON.stringify({
      type: 'follow',
      ref: 'f',
      rooms: [room.id],
      users: readers.map(({ id }) => id),
      presence: 'online',
    }),
  );
  await raw.json((frame) => frame.ref === 'f');
  raw.socket.pause();
  const [a, b] = await Promise.all([ann.live(), bob.live()]);
  await follow(b, { rooms: [room.id] });
  const text = '水'.repeat(4_000);
  for (let at = 0; at < 300; at += 1) await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text });
  await a.ack({ type: 'typing', room: room.id });
  await b.take('signal', ({ signal }) => signal.kind === 'typing');
  await closeAll(a, b);
  raw.socket.destroy();
});

test('P9 a writer that is half full takes no signal, and takes events still', () => {
  const shut = new Turn(() => false);
  const sink = new PassThrough();
  const writer = new Writer(sink, 'webSocket', shut, { bytes: 1_000_000, frames: 10 });
  const parcel = new Parcel(['{}']);
  const taken = Array.from({ length: 10 }, () => writer.signal(parcel));
  assert.equal(taken.filter(Boolean).length, 5);
  assert.equal(writer.offer(parcel), true);
  assert.equal(writer.full, false);
  writer.close();
});
