import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Nonce } from '@rill/protocol';
import { MEMBER, OUTSIDER, OWNER, refused, type RoomWorld, startRoomWorld, textOf } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

describe('sending', () => {
  test('gives numbers without holes, the server’s time, and the window for recalling', async () => {
    const room = await world.room();
    const one = await world.say(MEMBER, room, 'hello');
    const two = await world.say(OWNER, room, '你好');
    assert.deepEqual(one, {
      message: {
        ...{ room, seq: 3, rev: 3, kind: 'text', author: MEMBER },
        at: new Date(world.clock.now()).toISOString(),
        text: 'hello',
      },
      recallUntil: world.clock.now() + 120_000,
      again: false,
    });
    assert.equal(two.message.seq, 4);
    assert.equal(two.message.rev, 4);
  });

  test('time in a room never goes back', async () => {
    const room = await world.room();
    const late = await world.log.send({
      ...{ room, user: MEMBER, text: 'later', nonce: 'a' as Nonce, perSecond: 100 },
      now: world.clock.now() + 60_000,
    });
    const early = await world.say(OWNER, room, 'a clock behind');
    assert.ok('at' in late.message && 'at' in early.message);
    assert.equal(early.message.at, late.message.at);
  });

  test('P2 the same nonce stores one message, however often and in parallel', async () => {
    const room = await world.room();
    const tries = await Promise.all(Array.from({ length: 50 }, () => world.say(MEMBER, room, 'once', 'same')));
    assert.equal(tries.filter(({ again }) => !again).length, 1);
    assert.deepEqual(new Set(tries.map(({ message }) => JSON.stringify(message))).size, 1);
    const { messages } = await world.log.page(MEMBER, room, { at: 'newest' }, 50);
    assert.equal(messages.filter((message) => textOf(message) === 'once').length, 1);
  });

  test('P2 the same nonce with another text is refused, and is another sender’s and another room’s to use', async () => {
    const room = await world.room();
    await world.say(MEMBER, room, 'one', 'n');
    await assert.rejects(world.say(MEMBER, room, 'two', 'n'), refused('nonce_reused'));
    assert.equal((await world.say(OWNER, room, 'two', 'n')).again, false);
    assert.equal((await world.say(MEMBER, await world.room(), 'two', 'n')).again, false);
  });

  test('P2 a repeat gives the message as it now is: edited, hidden, recalled, and in an archived room', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'first', 'n');
    await world.edit(MEMBER, room, message.seq, 'second');
    assert.equal(textOf((await world.say(MEMBER, room, 'first', 'n')).message), 'second');
    await world.log.recall(MEMBER, room, message.seq, world.clock.now());
    await world.rooms.change(OWNER, room, { archived: true }, undefined, world.clock.now());
    const again = await world.say(MEMBER, room, 'first', 'n');
    assert.ok(again.again && 'recalled' in again.message);
    await assert.rejects(world.say(MEMBER, room, 'new', 'm'), refused('room_archived'));
  });

  test('P2 a nonce is known for 14 days, over the turn of a fortnight, and bound to who is a member', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'once', 'n');
    world.clock.pass(14 * 86_400_000 - 1);
    const again = await world.say(MEMBER, room, 'once', 'n');
    assert.deepEqual([again.again, again.message.seq], [true, message.seq]);
    await world.members.remove(OWNER, room, MEMBER, world.clock.now());
    await assert.rejects(world.say(MEMBER, room, 'once', 'n'), refused('not_found'));
    world.clock.pass(14 * 86_400_000);
  });

  test('P2 ten thousand nonces of one fortnight are all known, in buckets that stay small', async () => {
    const room = await world.room();
    const send = (at: number) => world.say(MEMBER, room, `text ${at}`, `bulk-${at}`);
    for (let from = 0; from < 10_000; from += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, at) => send(from + at)));
    }
    for (let from = 0; from < 10_000; from += 500) {
      const again = await Promise.all(Array.from({ length: 500 }, (_, at) => send(from + at)));
      assert.ok(again.every((each, at) => each.again && textOf(each.message) === `text ${from + at}`));
    }
    const client = world.redis.client();
    const buckets = await client.keys('{p7f}:nonces:*:*');
    assert.ok(buckets.length > 40);
    for (const bucket of buckets) {
      assert.equal(await client.object('ENCODING', bucket), 'listpack');
      assert.ok((await client.pttl(bucket)) > 14 * 86_400_000);
    }
  });

  test('a room takes only so many a second, and says when it takes more', async () => {
    const room = await world.room();
    const send = (at: number) =>
      world.log.send({
        ...{ room, user: MEMBER, text: 'x', now: world.clock.now() },
        nonce: `p${at}` as Nonce,
        perSecond: 1,
      });
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => send(at)));
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 2);
    const [refusal] = answers.filter((each) => each.status === 'rejected');
    assert.equal(refusal?.reason.code, 'rate_limited');
    assert.ok(refusal?.reason.more.retryAfterMs > 0 && refusal?.reason.more.retryAfterMs <= 1_000);
    // A repeat is no further message.
    assert.equal((await send(0)).again, true);
  });

  test('whoever is muted or no member cannot', async () => {
    const room = await world.room();
    const client = world.redis.client();
    const key = `{p7f}:room:${room}:members`;
    const fields = ((await client.hget(key, MEMBER)) ?? '').split('\0');
    fields[5] = String(world.clock.now() + 1);
    await client.hset(key, MEMBER, fields.join('\0'));
    await assert.rejects(world.say(MEMBER, room, 'x'), refused('muted'));
    await assert.rejects(world.say(OUTSIDER, room, 'x'), refused('not_found'));
    await assert.rejects(world.say(OUTSIDER, world.freshId(), 'x'), refused('not_found'));
  });
});
