import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Nonce, RoomId } from '@rill/protocol';
import { MEMBER, OWNER, type RoomWorld, refused, startRoomWorld } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  // Compressed, a text would not be found in a dump even where it is.
  world = await startRoomWorld({ appendfsync: 'no', settings: { rdbcompression: 'no', 'list-compress-depth': '0' } });
});
after(() => world.stop());

const now = () => world.clock.now();

/** The keys in whose very bytes, or name, a text stands. */
async function keysWith(text: string): Promise<string[]> {
  const client = world.redis.client();
  const keys = await client.keys('*');
  const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
  return keys.filter((key, at) => key.includes(text) || dumps[at]?.includes(text));
}

/** A room with every kind of message round those that go: short, long, edited, imported, in several chunks. */
async function furnished(): Promise<RoomId> {
  const room = await world.room();
  for (let at = 0; at < 520; at += 1) await world.say(OWNER, room, `neighbour ${at}`);
  return room;
}

const ways = {
  recalled: (room: RoomId, seq: number) => world.log.recall(MEMBER, room, seq, now()),
  removed: (room: RoomId, seq: number) => world.log.remove(OWNER, room, seq, 'why', now()),
} as const;

describe('after a message was taken back', () => {
  for (const [how, take] of Object.entries(ways)) {
    test(`P6 ${how}: no byte of its text is in any key of Redis`, async () => {
      const room = await furnished();
      const canary = `cnry-${how}`;
      const seqs = {
        short: (await world.say(MEMBER, room, `${canary}-short`)).message.seq,
        long: (await world.say(MEMBER, room, `${canary}-long ${'l'.repeat(4_000)} ${canary}-end`)).message.seq,
        edited: (await world.say(MEMBER, room, `${canary}-first`)).message.seq,
        grown: (await world.say(MEMBER, room, `${canary}-grown`)).message.seq,
      };
      await world.edit(MEMBER, room, seqs.edited, `${canary}-second`);
      await world.edit(MEMBER, room, seqs.edited, `${canary}-third`);
      await world.edit(MEMBER, room, seqs.grown, `${canary}-${'g'.repeat(4_000)}`);
      await world.log.hide(OWNER, room, seqs.short);
      for (let at = 0; at < 40; at += 1) await world.say(OWNER, room, `after ${at}`);
      const before = await keysWith(canary);
      // The test itself must be able to find it.
      for (const kind of [':log:', ':text:', ':state:', ':edits:'])
        assert.ok(
          before.some((key) => key.includes(kind)),
          kind,
        );
      for (const seq of Object.values(seqs)) await take(room, seq);
      assert.deepEqual(await keysWith(canary), []);
      const { messages } = await world.log.page(OWNER, room, { at: 'around', seq: seqs.grown }, 100);
      assert.equal(JSON.stringify(messages).includes(canary), false);
      assert.equal(JSON.stringify(messages).includes('neighbour 519'), true);
      const events = await world.feed.after(OWNER, room, { rev: seqs.short - 1 }, 256);
      assert.equal(JSON.stringify(events).includes(canary), false);
      // Sent once more under its nonce it gives the tombstone, not the text.
    });
  }

  test('P6 an imported one leaves its words nowhere either', async () => {
    const room = await world.room();
    const line = {
      nonce: 'i' as Nonce,
      author: '00imported' as typeof MEMBER,
      name: 'ada',
      at: 1,
      text: 'cnry-import',
    };
    const { seq } = await world.log.import({ room, user: OWNER, now: now(), lines: [line] });
    assert.equal((await keysWith('cnry-import')).length, 1);
    await world.log.remove(OWNER, room, seq, '', now());
    assert.deepEqual(await keysWith('cnry-import'), []);
  });

  test('P6 the only message of a chunk, and the newest of all', async () => {
    const room = await world.room({ kind: 'direct', members: [MEMBER] });
    const { message } = await world.say(MEMBER, room, 'cnry-only');
    await world.log.recall(MEMBER, room, message.seq, now());
    assert.deepEqual(await keysWith('cnry-only'), []);
    const next = await world.say(MEMBER, room, 'next');
    assert.equal(next.message.seq, message.seq + 1);
    assert.equal((await world.log.page(OWNER, room, { at: 'newest' }, 5)).messages.length, 2);
  });

  test('P6 works when memory is full; sending does not', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, `cnry-full ${'f'.repeat(2_000)}`);
    const client = world.redis.client();
    await client.config('SET', 'maxmemory', '1');
    try {
      await assert.rejects(world.say(MEMBER, room, 'x'), refused('storage_full'));
      await assert.rejects(world.edit(MEMBER, room, message.seq, 'x'), refused('storage_full'));
      await world.log.recall(MEMBER, room, message.seq, now());
      await world.members.leave(MEMBER, room, now());
      await world.log.page(OWNER, room, { at: 'newest' }, 5);
    } finally {
      await client.config('SET', 'maxmemory', '0');
    }
    assert.deepEqual(await keysWith('cnry-full'), []);
  });

  test('P6 the partition notes since when a text waits to leave the append-only file, until a rewriting begun later', async () => {
    const room = await world.room();
    const client = world.redis.client();
    const partition = 0x7f;
    await client.hdel('{p7f}:partition', 'erase', 'erase_last');
    const erase = () => world.calls.readPartition('partition_erase', partition, []);
    const erased = (before: string) => world.door.call('partition_erased', ['{p7f}:partition'], [before]);
    assert.equal((await erase())[2], '');
    const one = (await world.say(MEMBER, room, 'cnry-file-1')).message.seq;
    const two = (await world.say(MEMBER, room, 'cnry-file-2')).message.seq;
    await world.log.recall(MEMBER, room, one, now());
    const [, first = '', oldest = ''] = await erase();
    assert.ok(oldest !== '' && Number(oldest) <= Number(first));
    // Redis's own clock must have moved on: a rewriting that begins in the same ms does not count.
    while ((await erase())[1] === first) await new Promise((resolve) => setImmediate(resolve));
    const [, began = ''] = await erase();
    while ((await erase())[1] === began) await new Promise((resolve) => setImmediate(resolve));
    await world.log.recall(MEMBER, room, two, now());
    await erased(began);
    // The second one came after that rewriting had begun: it still waits.
    assert.equal((await erase())[2], began);
    while (Number((await erase())[1]) <= Number(await client.hget('{p7f}:partition', 'erase_last'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await erased((await erase())[1] ?? '');
    assert.equal((await erase())[2], '');

    const rewritten = async () => {
      const info = await client.info('persistence');
      return info.includes('aof_rewrite_in_progress:0') && info.includes('aof_rewrite_scheduled:0');
    };
    await client.bgrewriteaof();
    while (!(await rewritten())) await new Promise((resolve) => setTimeout(resolve, 10));
    const folder = join(world.redis.folder, 'appendonlydir');
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
    assert.ok(files.length > 0 && files.every((file) => !file.includes('cnry-file')));
  });
});
