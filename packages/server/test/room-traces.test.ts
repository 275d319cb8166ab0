import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startRedis, type TestRedis } from '@rill/harness';
import type { RoomId } from '@rill/protocol';
import type { Redis } from 'ioredis';
import { type FunctionLibrary, readLibrary } from '../src/store/functions.ts';
import { MEMBER, OTHER, OWNER, type RoomWorld, startRoomWorld } from './room-world.ts';
import { joinNodes, nodeSettings, type SlotMove } from './slot-move.ts';

interface Furnished {
  id: RoomId;
  readonly now: number;
  readonly seq: number;
}

/** Every function on rooms and partitions with arguments under which it would write or answer, given a furnished room. */
const CALLS: Record<string, (room: Furnished) => (string | number)[]> = {
  room_create: ({ now }) => ['closed', 'Name', '', 120, 'all', now, 'asked', OWNER, MEMBER],
  room_made: () => [OWNER, 'asked', MEMBER],
  room_read: () => [OWNER],
  room_card: () => [OWNER],
  room_change: ({ now }) => [OWNER, now, '', '=Other', '=topic', '', '=60', '=joined'],
  room_send: ({ now }) => [OWNER, now, 'fresh', 1, 2, 3, 4, 1e9, 'l'.repeat(2_000)],
  room_import: ({ now }) => [
    OWNER,
    now,
    5,
    6,
    7,
    8,
    '00imported',
    'ada',
    1,
    'text',
    9,
    9,
    9,
    9,
    OTHER,
    'bob',
    2,
    'two',
  ],
  room_page: () => [OWNER, 'newest', 0, 50],
  room_edit: ({ now, seq }) => [MEMBER, now, seq, 'edited', '', 1e9, 20],
  room_edits: ({ seq }) => [OWNER, seq],
  room_recall: ({ now, seq }) => [MEMBER, now, seq],
  room_hide: ({ seq }) => [OWNER, seq],
  room_remove: ({ now, seq }) => [OWNER, now, seq, 'why'],
  room_mark_read: ({ seq }) => [OWNER, seq],
  room_events: () => [OWNER, 0, '', 256],
  member_join: ({ now }) => [OTHER, now, 100],
  member_add: ({ now }) => [OWNER, now, 100, OTHER],
  member_leave: ({ now }) => [MEMBER, now],
  member_remove: ({ now }) => [OWNER, now, MEMBER],
  member_role: ({ now }) => [OWNER, now, MEMBER, 'owner', ''],
  member_own: () => [OWNER, 'nothing', 1],
  member_read: () => [OWNER, MEMBER],
  members_among: () => [OWNER, MEMBER, OTHER],
  members_page: () => [OWNER, '', 50],
  partition_epoch: () => ['aaaaaaaa'],
  partition_ticks: () => ['0', 10],
  partition_erase: () => [],
  partition_erased: () => ['9999999999999'],
};
/** Tested beside what calls them. */
const ELSEWHERE = new Set(['partition_carry']);

let world: RoomWorld;
let library: FunctionLibrary;
let client: Redis;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
  library = await readLibrary();
  client = world.redis.client();
});
after(() => world.stop());

/** An open room in which something of every kind has happened, so that every key of a room is there. */
async function furnished(): Promise<Furnished> {
  const id = await world.room({ kind: 'open' });
  const now = world.clock.now();
  const hidden = (await world.say(MEMBER, id, 'hidden')).message.seq;
  await world.log.hide(OWNER, id, hidden);
  const edited = (await world.say(MEMBER, id, `edited ${'l'.repeat(2_000)}`)).message.seq;
  await world.edit(MEMBER, id, edited, `again ${'l'.repeat(2_000)}`);
  await world.log.recall(MEMBER, id, (await world.say(MEMBER, id, 'gone')).message.seq, now);
  const line = { nonce: `i${id}` as never, author: OTHER, name: 'ada', at: 1, text: 'brought' };
  await world.log.import({ room: id, user: OWNER, now, lines: [line] });
  const { seq } = (await world.say(MEMBER, id, 'l'.repeat(2_000))).message;
  await world.edit(MEMBER, id, seq, `again ${'l'.repeat(2_000)}`);
  await world.log.hide(MEMBER, id, edited);
  await world.log.hide(OWNER, id, seq);
  return { id, now, seq };
}

async function everything(): Promise<Map<string, string>> {
  const keys = (await client.keys('*')).sort();
  const dumps = await Promise.all(keys.map(async (key) => (await client.dumpBuffer(key))?.toString('hex') ?? ''));
  return new Map(keys.map((key, at) => [key, dumps[at] ?? '']));
}

const keysFor = (name: string, id: RoomId) =>
  name.startsWith('partition_') ? ['{p7f}:partition'] : [`{p7f}:room:${id}`];

test('every function on rooms is in the table of these tests', async () => {
  const folder = join(import.meta.dirname, '../src/store/functions');
  const names = (await readdir(folder))
    .map((name) => name.replace('.lua', ''))
    .filter((name) => /^(room|members?|partition)_/.test(name) && !ELSEWHERE.has(name));
  assert.deepEqual(names.sort(), Object.keys(CALLS).sort());
});

/** The keys of a furnished room and its partition, and those that a function may make besides. */
async function keysOf(id: RoomId): Promise<string[]> {
  const found = (await client.keys('*')).filter((key) => key.includes(id) || !key.includes(':room:'));
  return [...found, `{p7f}:room:${id}:log:0:copy`].sort();
}

describe('with a key of the wrong type', () => {
  for (const [name, argsOf] of Object.entries(CALLS)) {
    test(`P8 ${name} leaves no trace`, async () => {
      await client.flushdb();
      const sample = await furnished();
      const suffixes = (await keysOf(sample.id)).map((key) => key.replace(sample.id, 'ROOM'));
      assert.ok(suffixes.length > 15);
      let failed = 0;
      for (const suffix of suffixes) {
        await client.flushdb();
        const room = await furnished();
        if (name === 'room_create') room.id = world.freshId();
        const key = suffix.replace('ROOM', room.id);
        const isString = (await client.type(key)) === 'string';
        await client.del(key);
        if (isString) await client.hset(key, 'wrong', 'type');
        else await client.set(key, 'wrong type');
        const before = await everything();
        try {
          await client.fcall(library.nameOf(name), 1, ...keysFor(name, room.id), ...argsOf(room));
        } catch (error) {
          failed += 1;
          assert.match(String(error), /WRONGTYPE/, `${name} with ${key}`);
          assert.deepEqual(await everything(), before, `${name} with ${key} wrote something`);
        }
      }
      assert.ok(failed > 0, 'no key was of the wrong type');
    });
  }
});

describe('in a slot that is on its way to another node', () => {
  let cluster: RoomWorld;
  let other: TestRedis;
  let here: Redis;
  let there: Redis;
  let move: SlotMove;
  let slot: number;

  before(async () => {
    const own = await nodeSettings();
    cluster = await startRoomWorld({ appendfsync: 'no', settings: own });
    other = await startRedis({ appendfsync: 'no', settings: await nodeSettings() });
    here = cluster.redis.client();
    there = other.client();
    move = await joinNodes(here, own, there);
    await there.call('FUNCTION', 'LOAD', library.code);
    slot = await move.slotOf('{p7f}');
    [world, cluster] = [cluster, world];
    client = here;
  });
  after(async () => {
    [world, cluster] = [cluster, world];
    client = world.redis.client();
    await cluster.stop();
    await other.stop();
  });

  for (const [name, argsOf] of Object.entries(CALLS)) {
    test(`P8 ${name} leaves no trace and answers nothing half true, on either node`, async () => {
      await move.takeBack(slot);
      await here.flushdb();
      const room = await furnished();
      const keys = [...(await everything()).keys()];
      if (name === 'room_create') room.id = world.freshId();
      const full = library.nameOf(name);
      await move.begin(slot);
      // All keys here; then each in turn is away, as it is while keys move one by one.
      for (const key of [undefined, ...keys]) {
        const away = key && (await here.dumpBuffer(key));
        if (key) await here.del(key);
        const before = await everything();
        const call = here.fcall(full, 1, ...keysFor(name, room.id), ...argsOf(room));
        await assert.rejects(call, /non local key|ASK|TRYAGAIN/, `${name} without ${key}`);
        assert.deepEqual(await everything(), before, `${name} without ${key} wrote something`);
        if (!away) continue;
        // The node that it moved to has this key alone.
        await there.flushdb();
        await there.pipeline().asking().restore(key, 0, away).exec();
        const asked = await there
          .pipeline()
          .asking()
          .fcall(full, 1, ...keysFor(name, room.id), ...argsOf(room))
          .exec();
        assert.match(String(asked?.[1]?.[0]), /non local key|ASK|TRYAGAIN/, `${name} with ${key} alone`);
        assert.equal(await there.dbsize(), 1);
        await move.takeBack(slot);
        await here.restore(key, 0, away);
        await move.begin(slot);
      }
    });
  }
});
