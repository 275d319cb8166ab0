import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Epoch, Message, Room, RoomEvent, RoomId, UserId } from '@rill/protocol';
import { applyToRoom, roomRecord } from '../src/apply.ts';
import { backoff } from '../src/backoff.ts';
import { Cell } from '../src/living.ts';
import { said, serverSays, uncounted, unreadCount, readUpTo } from '../src/room/unread.ts';
import { Loaded } from '../src/timeline/loaded.ts';

const ROOM = '7f0000000000000001' as RoomId;
const ANN = '000000000a' as UserId;
const BOB = '000000000b' as UserId;
const AT = '2026-01-01T00:00:00.000Z';

const text = (seq: number, rev = seq, words = `${seq}`): Message => ({
  room: ROOM,
  seq,
  rev,
  kind: 'text',
  author: BOB,
  at: AT,
  text: words,
});
const gone = (seq: number, rev: number): Message => ({
  room: ROOM,
  seq,
  rev,
  kind: 'text',
  author: BOB,
  at: AT,
  recalled: { by: BOB, at: AT },
});
const hidden = (seq: number, rev = seq): Message => ({ room: ROOM, seq, rev, kind: 'hidden' });
const page = (head: number, ...messages: Message[]) => ({ messages, seq: head, rev: head, epoch: '00000000' as Epoch });

/** What is loaded, after a page. */
function loadedWith(head: number, messages: Message[], max = 100): Loaded {
  const loaded = new Loaded(max);
  loaded.show(page(head, ...messages), []);
  return loaded;
}

const all = (loaded: Loaded) => loaded.tail(1_000);

test('P3 newer never gives way to older, whatever comes in whatever order', () => {
  const sights = [text(5, 5, 'as sent'), text(5, 8, 'edited'), gone(5, 9)];
  for (const one of sights) {
    for (const two of sights) {
      const loaded = loadedWith(5, [one]);
      loaded.apply(two);
      assert.equal(loaded.message(5)?.rev, Math.max(one.rev, two.rev));
    }
  }
  const hider = loadedWith(5, [hidden(5)]);
  hider.apply(text(5, 99));
  assert.deepEqual(all(hider), [hidden(5)], 'hidden is for good');
  const seen = loadedWith(5, [text(5, 99)]);
  seen.apply(hidden(5));
  assert.deepEqual(all(seen), [hidden(5)]);
});

test('what is loaded has no holes: what does not fit is only known to be there', () => {
  const loaded = loadedWith(4, [text(3), text(4)]);
  assert.equal(loaded.atEnd(), true);
  loaded.apply(text(5));
  assert.equal(loaded.last(), 5);
  loaded.apply(text(2));
  loaded.apply(text(7));
  assert.deepEqual([loaded.first(), loaded.last(), loaded.atEnd()], [3, 5, false]);
  loaded.merge('newer', page(7, text(7)), []);
  assert.equal(loaded.last(), 5, 'nor a page that leaves a hole');
  loaded.merge('newer', page(7, text(5, 9, 'newer'), text(6)), [text(7), text(6, 8, 'since')]);
  assert.deepEqual(all(loaded), [text(3), text(4), text(5, 9, 'newer'), text(6, 8, 'since'), text(7)]);
  loaded.merge('older', page(7, text(1), text(2)), []);
  assert.deepEqual([loaded.first(), loaded.last(), loaded.atEnd()], [1, 7, true]);
  assert.equal(loaded.show(page(9, text(7), text(9)), []), false, 'a page with a hole is no page');
});

test('too much is let go at the end that is not looked at', () => {
  const loaded = loadedWith(10, [text(9), text(10)], 4);
  loaded.merge('older', page(10, text(5), text(6), text(7), text(8)), []);
  assert.deepEqual([loaded.first(), loaded.last(), loaded.atEnd()], [5, 8, false]);
  loaded.merge('newer', page(10, text(9), text(10)), []);
  assert.deepEqual([loaded.first(), loaded.last(), loaded.atEnd()], [7, 10, true]);
  for (let seq = 11; seq < 30; seq += 1) loaded.apply(text(seq));
  assert.equal(loaded.last(), 29);
  assert.ok(loaded.count() <= 5);
});

test('P10 unread is arithmetic, and says when it is a guess', () => {
  const begin = serverSays(10, 20, 7);
  assert.equal(unreadCount(begin), 7);
  const three = said(said(said(begin, 21), 22), 22);
  assert.equal(unreadCount(three), 9);
  assert.equal(unreadCount(uncounted(three, 22, undefined)), 8);
  assert.equal(uncounted(three, 22, undefined).doubt, false, 'what came since is known one by one');
  assert.equal(uncounted(three, 15, undefined).doubt, true);
  assert.equal(unreadCount(uncounted(three, 15, true)), 8);
  assert.equal(uncounted(three, 15, false), three);
  assert.equal(uncounted(three, 5, true), three, 'read long ago');
  const read = readUpTo(three, 21);
  assert.deepEqual([unreadCount(read), read.doubt], [1, false]);
  assert.equal(readUpTo(three, 15).doubt, true);
  assert.equal(readUpTo(read, 12), read, 'never back');
});

test('a room follows its events, each once', () => {
  const room = {
    id: ROOM,
    name: 'Hall',
    members: 2,
    role: 'member',
    seq: 4,
    rev: 4,
    readSeq: 4,
    unread: 0,
    lastAt: AT,
  };
  const begin = roomRecord(room as Room);
  const by = { actor: BOB, at: AT };
  const events: readonly RoomEvent[] = [
    { kind: 'message.sent', ...by, message: text(5) },
    { kind: 'message.sent', ...by, message: text(6) },
    { kind: 'room.changed', ...by, name: 'Garden' },
    { kind: 'member.changed', ...by, user: ANN, role: 'admin' },
    { kind: 'member.left', ...by, user: BOB },
    { kind: 'message.recalled', ...by, message: gone(6, 10) },
    { kind: 'unseen' },
    { kind: 'of a later version', ...by } as never,
  ];
  const after = events.reduce((record, event, index) => applyToRoom(record, 5 + index, event, ANN), begin);
  const { name, role, members, seq, rev, unread, last } = after.room;
  assert.deepEqual(
    { name, role, members, seq, rev, unread },
    { name: 'Garden', role: 'admin', members: 1, seq: 6, rev: 12, unread: 1 },
  );
  assert.deepEqual(last, gone(6, 10));
  for (const [index, event] of events.entries()) assert.equal(applyToRoom(after, 5 + index, event, ANN), after);
  const own = { ...text(7), author: ANN } as Message;
  assert.equal(applyToRoom(after, 13, { kind: 'message.sent', actor: ANN, at: AT, message: own }, ANN).room.unread, 0);
});

test('waits double up to the longest, with jitter, and never end before the server said', () => {
  const pace = { minMs: 100, maxMs: 1_000 };
  for (const random of [() => 0, () => 0.5, () => 0.999]) {
    for (let attempt = 1; attempt < 50; attempt += 1) {
      const full = Math.min(1_000, 100 * 2 ** (attempt - 1));
      const wait = backoff(attempt, pace, random);
      assert.ok(wait >= full / 2 && wait <= full, `${attempt}: ${wait}`);
      assert.ok(backoff(attempt, pace, random, 5_000) >= 5_000);
    }
  }
});

test('listeners are told of each change, also of those they make themselves', () => {
  const cell = new Cell(0);
  const heard: number[] = [];
  const stop = cell.subscribe(() => {
    heard.push(cell.snapshot());
    if (cell.snapshot() < 3) cell.set(cell.snapshot() + 1);
  });
  cell.set(1);
  assert.deepEqual(heard, [1, 2, 3]);
  cell.set(3);
  stop();
  cell.set(4);
  assert.deepEqual(heard, [1, 2, 3]);
});
