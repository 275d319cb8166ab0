import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Message, RoomId } from '@rill/protocol';
import { MEMBER, OUTSIDER, OWNER, refused, type RoomWorld, startRoomWorld, textOf } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

describe('pages', () => {
  let room: RoomId;
  const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);
  const range = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, at) => low + at);
  before(async () => {
    room = await world.room();
    for (let at = 3; at <= 1_100; at += 100) {
      const until = Math.min(at + 99, 1_100);
      await Promise.all(range(at, until).map((seq) => world.say(MEMBER, room, `text ${seq}`)));
    }
  });

  test('are intervals of seq from every side, across chunks', async () => {
    const page = (at: 'before' | 'after' | 'around', seq: number, limit: number) =>
      world.log.page(OWNER, room, { at, seq }, limit).then(({ messages }) => seqs(messages));
    assert.deepEqual(seqs((await world.log.page(OWNER, room, { at: 'newest' }, 50)).messages), range(1_051, 1_100));
    assert.deepEqual(await page('before', 520, 20), range(500, 519));
    assert.deepEqual(await page('before', 5, 20), range(1, 4));
    assert.deepEqual(await page('before', 1, 20), []);
    assert.deepEqual(await page('before', Number.MAX_SAFE_INTEGER, 3), range(1_098, 1_100));
    assert.deepEqual(await page('after', 1_020, 8), range(1_021, 1_028));
    assert.deepEqual(await page('after', 0, 3), range(1, 3));
    assert.deepEqual(await page('after', 1_100, 3), []);
    assert.deepEqual(await page('after', Number.MAX_SAFE_INTEGER, 3), []);
    assert.deepEqual(await page('around', 600, 11), range(595, 605));
    assert.deepEqual(await page('around', 1, 11), range(1, 11));
    assert.deepEqual(await page('around', 1_100, 11), range(1_090, 1_100));
    assert.deepEqual(await page('around', 999_999, 11), range(1_090, 1_100));
    assert.deepEqual(await page('around', 3, 1), [3]);
  });

  test('tell the heads and the epoch', async () => {
    const { seq, rev, epoch, recallSeconds } = await world.log.page(OWNER, room, { at: 'newest' }, 1);
    assert.deepEqual([seq, rev, recallSeconds], [1_100, 1_100, 120]);
    assert.match(epoch, /^[0-9a-z]{8}$/);
  });

  test('hold every text as it was sent, whatever is in it', async () => {
    const odd = await world.room();
    const texts = [
      'a\nb\r\n\tc',
      '"quotes" \\ \u0001\u001f\u007f',
      '\u2028\u2029\ufeff\ufffe\uffff\u{10ffff}',
      '👨‍👩‍👧‍👦 नमस्ते 你好 שלום',
      'x'.repeat(1_024),
      'y'.repeat(1_025),
      '😀'.repeat(12_000),
      '[]',
      '{}',
      '0',
      '-0',
      '9007199254740993',
      'e'.repeat(500),
    ];
    for (const text of texts) await world.say(MEMBER, odd, text);
    const { messages } = await world.log.page(OWNER, odd, { at: 'after', seq: 2 }, 50);
    assert.deepEqual(messages.map(textOf), texts);
  });

  test('of very long texts end early, on the side away from where they were asked from, and never empty', async () => {
    const long = await world.room();
    for (let at = 0; at < 60; at += 1) await world.say(MEMBER, long, `${at}${'字'.repeat(11_990)}`);
    const newest = seqs((await world.log.page(OWNER, long, { at: 'newest' }, 60)).messages);
    assert.ok(newest.length < 60 && newest.length > 20);
    assert.deepEqual(newest, range(63 - newest.length, 62));
    const after = seqs((await world.log.page(OWNER, long, { at: 'after', seq: 2 }, 60)).messages);
    assert.deepEqual(after, range(3, 2 + after.length));
    const around = seqs((await world.log.page(OWNER, long, { at: 'around', seq: 30 }, 60)).messages);
    assert.ok(around.includes(30) && around.length < 60);
  });

  test('one message, and none beyond the head', async () => {
    assert.equal(textOf((await world.log.one(OWNER, room, 700)).message), 'text 700');
    await assert.rejects(world.log.one(OWNER, room, 1_101), refused('not_found'));
    await assert.rejects(world.log.one(OUTSIDER, room, 700), refused('not_found'));
  });
});
