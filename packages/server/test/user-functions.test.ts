import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { startRedis, type TestRedis } from '@rill/harness';
import type { Redis } from 'ioredis';
import { type FunctionLibrary, readLibrary } from '../src/store/functions.ts';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';
import { joinNodes, nodeSettings, type SlotMove } from './slot-move.ts';

const U = '{u:aaaaaaaaaa}';
const S = '{server}';

/** ms: what a call makes must not end while it is looked at. */
const LONG = 600_000;

/** Every function on users and the server: its keys, and arguments with which it would write. */
const CALLS: Record<string, { keys: string[]; args: (string | number)[]; read?: true }> = {
  audit_add: { keys: [`${S}:audit`], args: [1, 'aaaaaaaaaa', 'user.role', 'x', ''] },
  audit_page: { keys: [`${S}:audit`], args: ['+', 10], read: true },
  directory_put: { keys: [`${S}:directory`, `${S}:directory:rows`], args: ['aaaaaaaaaa', 1, 'nx'] },
  directory_range: { keys: [`${S}:directory`], args: ['[a', '[b', 10], read: true },
  invite_list: { keys: [`${S}:invites`], args: [], read: true },
  invite_make: { keys: [`${S}:invites`, `${S}:audit`], args: ['h', 'i', 'aaaaaaaaaa', 1, 1, 2, 3, 4] },
  invite_pending: { keys: [`${S}:invites:pending`], args: [1], read: true },
  invite_read: { keys: [`${S}:invites`], args: ['h', 1], read: true },
  invite_redeem: { keys: [`${S}:invites`, `${S}:invites:pending`], args: ['h', 'bbbbbbbbbb', 1, 2] },
  invite_revoke: { keys: [`${S}:invites`, `${S}:audit`], args: ['i', 'aaaaaaaaaa', 1] },
  invite_settle: { keys: [`${S}:invites`, `${S}:invites:pending`], args: ['bbbbbbbbbb', 'not'] },
  name_confirm: { keys: ['name:a'], args: ['aaaaaaaaaa'] },
  name_read: { keys: ['name:a'], args: [], read: true },
  name_release: { keys: ['name:a'], args: ['aaaaaaaaaa'] },
  name_reserve: { keys: ['name:a'], args: ['aaaaaaaaaa', LONG] },
  owner_claim: { keys: [S], args: ['aaaaaaaaaa', 1, 2] },
  owner_settle: { keys: [S, `${S}:audit`], args: ['aaaaaaaaaa', 'made', 1] },
  pace_clear: { keys: ['pace:a:b'], args: [] },
  pace_return: { keys: ['pace:a:b'], args: [] },
  pace_take: { keys: ['pace:a:b'], args: [1, 2, 3, 4, 5] },
  server_change: { keys: [S, `${S}:audit`], args: [1, 'aaaaaaaaaa', 'name', 'x'] },
  server_enter: { keys: [S], args: [1, 'fingerprint'] },
  server_migrated: { keys: [S], args: [2] },
  server_found: { keys: [S], args: ['x'] },
  server_read: { keys: [S], args: [], read: true },
  server_tell: { keys: [S], args: ['{}'] },
  session_end: { keys: [U, `${U}:sessions`], args: ['s'] },
  session_list: { keys: [`${U}:sessions`], args: [], read: true },
  session_open: { keys: [U, `${U}:sessions`], args: ['h2', 's2', 1, LONG, LONG, 4, 'phc', 'all', '', ''] },
  session_read: { keys: [U, `${U}:sessions`], args: ['h'], read: true },
  session_touch: { keys: [`${U}:sessions`], args: ['h', 9, 9] },
  user_change: { keys: [U], args: ['display', 'x'] },
  user_create: { keys: [U], args: [LONG, 'kind', 'person'] },
  user_credentials: { keys: [U], args: [], read: true },
  user_drop_room: { keys: [`${U}:rooms`], args: ['r0'] },
  user_govern: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['owner', 'disabled', 'admin'] },
  user_hold_room: { keys: [U, `${U}:rooms`], args: ['r', 10, 1] },
  user_password: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['phc', 'new', ''] },
  user_read: { keys: [U], args: [], read: true },
  user_reset: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['h', 1, 'new'] },
  user_reset_make: { keys: [U, `${U}:reset`], args: ['owner', 'h', 9, LONG] },
  user_reset_read: { keys: [`${U}:reset`], args: ['h', 1], read: true },
  user_rooms: { keys: [`${U}:rooms`], args: [], read: true },
  user_last_seen: { keys: [U], args: [], read: true },
  user_seen: { keys: [U], args: [1_000, 1] },
  user_sends: { keys: [`${U}:sends`], args: [1, 200, 60_000] },
  user_sockets: { keys: [`${U}:sockets`], args: ['node', 1, 1_000, 20] },
  user_settle: { keys: [U], args: [] },
  user_tell: { keys: [U], args: ['{}'] },
};
/** Commands that take a key of any type: there is nothing to refuse. */
const ANY_TYPE: ReadonlySet<string> = new Set(['pace_clear', 'server_tell', 'user_create']);

/** All keys as they are when everything is well. */
async function fill(client: Redis): Promise<void> {
  await client.flushall();
  await client.hset(U, { kind: 'person', role: 'member', status: 'active', password: 'phc', name: 'a', rev: '3' });
  await client.hset(`${U}:sessions`, 'h', 's\x001\x001\x00all\x00\x00');
  await client.hset(`${U}:reset`, { hash: 'h', until: '9' });
  await client.hset(`${U}:rooms`, 'r0', '1');
  await client.set(`${U}:sends`, '1');
  await client.hset(`${U}:sockets`, 'silent', '1 9');
  await client.set('name:a', 'aaaaaaaaaa', 'PX', 60_000);
  await client.hset(S, { owner: 'aaaaaaaaaa', ownerUntil: '9' });
  await client.hset(`${S}:invites`, 'h', 'i\x00aaaaaaaaaa\x002\x001\x001\x0099\x00');
  await client.hset(`${S}:invites:pending`, 'bbbbbbbbbb', 'h\x009');
  await client.xadd(`${S}:audit`, '1-0', 'at', '1');
  await client.zadd(`${S}:directory`, 0, 'nold\x00aaaaaaaaaa');
  await client.hset(`${S}:directory:rows`, 'aaaaaaaaaa', '0\x00nold');
  await client.hset('pace:a:b', { count: '1', ends: '2', grown: '0' });
}

async function everything(client: Redis): Promise<Record<string, string>> {
  const keys = (await client.keys('*')).sort();
  const rows = await Promise.all(
    keys.map(async (key) => {
      const type = await client.type(key);
      const ends = (await client.pttl(key)) > 0;
      const dump = (await client.dumpBuffer(key))?.toString('hex') ?? '';
      return [key, `${type} ${ends} ${dump}`] as const;
    }),
  );
  return Object.fromEntries(rows);
}

/** The same when all that a key holds gives way to what is written: a key that was gone for a moment would be missed. */
const IN_PLACE: Record<string, { keys: string[]; args: (string | number)[] }> = {
  'invite_make, where every other was forgotten': {
    keys: [`${S}:invites`, `${S}:audit`],
    args: ['h2', 'i2', 'aaaaaaaaaa', 1, 1_000, 2_000, 4, 4],
  },
  'user_sockets, where the last has gone and every other node is silent': {
    keys: [`${U}:sockets`],
    args: ['node', 0, 1_000, ''],
  },
  'session_open, where every other was over': {
    keys: [U, `${U}:sessions`],
    args: ['h2', 's2', 2 * LONG, LONG, LONG, 4, 'phc', 'all', '', ''],
  },
};

describe('functions on users and the server', () => {
  let redis: TestRedis;
  let client: Redis;
  let door: RedisDoor;
  before(async () => {
    redis = await startRedis({ appendfsync: 'no' });
    client = redis.client();
    door = await openRedis({ url: redis.url });
  });
  after(async () => {
    await door.close();
    await redis.stop();
  });
  const run = (name: string) => {
    const { keys, args, read } = CALLS[name] ?? { keys: [], args: [] };
    return read ? door.read(name, keys, args) : door.call(name, keys, args);
  };
  test('all are in the table', async () => {
    const folder = join(import.meta.dirname, '../src/store/functions');
    const files = (await readdir(folder)).map((name) => name.replace('.lua', ''));
    const mine = files.filter((name) => /^(audit|directory|invite|name|owner|pace|server|session|user)_/.test(name));
    assert.deepEqual(mine.sort(), Object.keys(CALLS).sort());
    for (const name of mine) {
      const text = await readFile(join(folder, `${name}.lua`), 'utf8');
      assert.match(text, /^-- .+\n(-- .+\n)*-- KEYS /, name);
      assert.equal(/register\(/.test(text), CALLS[name]?.read !== true, `${name} writes`);
      if (CALLS[name]?.read !== true && name !== 'server_tell') assert.match(text, /-- first write/, name);
    }
  });

  for (const [name, { keys, read }] of Object.entries(CALLS)) {
    if (ANY_TYPE.has(name)) continue;
    for (const wrong of keys) {
      test(`${name} with ${wrong} of the wrong type leaves no trace`, async () => {
        await fill(client);
        const stream = (await client.type(wrong)) === 'string' ? 'list' : 'string';
        await client.del(wrong);
        if (stream === 'list') await client.rpush(wrong, 'x');
        else await client.set(wrong, 'x');
        const before = await everything(client);
        await assert.rejects(run(name), /WRONGTYPE/);
        assert.deepEqual(await everything(client), before);
      });
    }
    if (read) continue;
    test(`${name} writes when all is well`, async () => {
      await fill(client);
      if (name === 'owner_claim' || name === 'server_found') await client.del(S);
      if (name === 'name_reserve') await client.del('name:a');
      const before = await everything(client);
      await run(name);
      assert.notDeepEqual(await everything(client), before);
    });
  }

  test('a user of the wrong type is not made anew', async () => {
    await fill(client);
    assert.deepEqual(await run('user_create'), ['exists']);
  });
});

describe('in a slot that is on its way to another node', () => {
  const nodes: TestRedis[] = [];
  let here: Redis;
  let there: Redis;
  let move: SlotMove;
  let library: FunctionLibrary;
  let slot = 0;

  before(async () => {
    const own = await nodeSettings();
    for (const settings of [own, await nodeSettings()]) nodes.push(await startRedis({ appendfsync: 'no', settings }));
    const [first, second] = nodes.map((node) => node.client());
    assert.ok(first && second);
    [here, there] = [first, second];
    move = await joinNodes(here, own, there);
    library = await readLibrary();
    for (const node of [here, there]) await node.call('FUNCTION', 'LOAD', library.code);
  });
  after(async () => {
    for (const node of nodes) await node.stop();
  });

  afterEach(() => move.takeBack(slot));

  for (const [called, { keys, args }] of Object.entries({ ...CALLS, ...IN_PLACE })) {
    const name = called.replace(/,.*/, '');
    test(`P8 ${called} is done whole or leaves no trace, on either node`, async () => {
      const call = (node: { fcall: Redis['fcall'] }) => node.fcall(library.nameOf(name), keys.length, ...keys, ...args);
      slot = await move.slotOf(keys[0] ?? '');
      await fill(here);
      const done = await call(here);
      const whole = await everything(here);

      await fill(here);
      await move.begin(slot);
      const before = await everything(here);
      const asked = await call(here).catch((error: unknown) => error);
      const after = await everything(here);
      if (asked instanceof Error) assert.deepEqual(after, before, 'refused, with every key still here');
      else assert.deepEqual([asked, Object.keys(after)], [done, Object.keys(whole)]);

      for (const key of keys) {
        await move.takeBack(slot);
        await fill(here);
        await move.begin(slot);
        const away = await here.dumpBuffer(key);
        await here.del(key);
        const left = await everything(here);
        await assert.rejects(call(here), /non local key|ASK|TRYAGAIN/, `without ${key}`);
        assert.deepEqual(await everything(here), left, `without ${key} it wrote something`);
        if (away === null || keys.length === 1) continue;
        await there.flushdb();
        await there.pipeline().asking().restore(key, 0, away).exec();
        const pipeline = there.pipeline().asking();
        pipeline.fcall(library.nameOf(name), keys.length, ...keys, ...args);
        const [, answer] = (await pipeline.exec()) ?? [];
        assert.match(String(answer?.[0]), /non local key|ASK|TRYAGAIN/, `with ${key} alone`);
        assert.equal(await there.dbsize(), 1);
      }
    });
  }
});
