import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Nonce, UserId } from '@rill/protocol';
import {
  ADMIN,
  assertCounts,
  MEMBER,
  OTHER,
  OUTSIDER,
  OWNER,
  refused,
  type RoomWorld,
  startRoomWorld,
  textOf,
} from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

describe('importing', () => {
  const line = (at: number, more: Partial<{ author: UserId; name: string; text: string }> = {}) => ({
    nonce: `i${at}` as Nonce,
    author: '00imported' as UserId,
    name: 'ada',
    at: Date.UTC(2005, 0, 1) + at,
    text: `line ${at}`,
    ...more,
  });

  test('keeps times and names, each line once, and says so', async () => {
    const room = await world.room();
    const now = world.clock.now();
    const lines = [line(1), line(2, { author: OTHER, name: 'Other' }), line(3, { text: 'w'.repeat(2_000) }), line(1)];
    const first = await world.log.import({ room, user: OWNER, now, lines });
    assert.deepEqual(first, { stored: 3, again: 1, seq: 5 });
    assert.deepEqual(await world.log.import({ room, user: OWNER, now, lines }), { stored: 0, again: 4, seq: 5 });
    const { messages } = await world.log.page(MEMBER, room, { at: 'after', seq: 2 }, 10);
    assert.deepEqual(messages[0], {
      ...{ room, seq: 3, rev: 3, kind: 'text', author: '00imported', at: '2005-01-01T00:00:00.001Z', text: 'line 1' },
      imported: { name: 'ada', by: OWNER, at: new Date(now).toISOString() },
    });
    assert.equal(messages[1]?.kind === 'text' && messages[1].author, OTHER);
    assert.equal(messages[2] && textOf(messages[2]).length, 2_000);
    const { message } = await world.say(MEMBER, room, 'after it');
    assert.equal('at' in message && message.at, new Date(now).toISOString());
    await assertCounts(world, room, [ADMIN, MEMBER]);
    await assert.rejects(
      world.log.import({ room, user: OWNER, now, lines: [line(9), line(1, { text: 'other' })] }),
      refused('nonce_reused'),
    );
    await assert.rejects(world.log.import({ room, user: OUTSIDER, now, lines }), refused('not_found'));
    const removed = await world.log.remove(OWNER, room, 3, '', now);
    assert.ok('removed' in removed.message && removed.message.imported?.name === 'ada');
  });

  test('five hundred lines at once, over chunks and buckets', async () => {
    const room = await world.room();
    for (let from = 0; from < 2_000; from += 500) {
      const lines = Array.from({ length: 500 }, (_, at) => line(10_000 + from + at));
      await world.log.import({ room, user: OWNER, now: world.clock.now(), lines });
    }
    const lines = Array.from({ length: 500 }, (_, at) => line(10_250 + at));
    const again = await world.log.import({ room, user: OWNER, now: world.clock.now(), lines });
    assert.deepEqual(again, { stored: 0, again: 500, seq: 2_002 });
    assert.equal(textOf((await world.log.one(OWNER, room, 1_502)).message), 'line 11499');
  });
});
