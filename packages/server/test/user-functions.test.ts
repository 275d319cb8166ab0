import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startRedis, type TestRedis } from '@rill/harness';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';

const U = '{u:aaaaaaaaaa}';
const S = '{server}';

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
  name_reserve: { keys: ['name:a'], args: ['aaaaaaaaaa', 1_000] },
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
  session_open: { keys: [U, `${U}:sessions`], args: ['h2', 's2', 1, 2, 3, 4, 'phc', 'all', '', ''] },
  session_read: { keys: [U, `${U}:sessions`], args: ['h'], read: true },
  session_touch: { keys: [`${U}:sessions`], args: ['h', 9, 9] },
  user_change: { keys: [U], args: ['display', 'x'] },
  user_create: { keys: [U], args: [1_000, 'kind', 'person'] },
  user_credentials: { keys: [U], args: [], read: true },
  user_drop_room: { keys: [`${U}:rooms`], args: ['r0'] },
  user_govern: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['owner', 'disabled', 'admin'] },
  user_hold_room: { keys: [U, `${U}:rooms`], args: ['r', 10, 1] },
  user_password: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['phc', 'new', ''] },
  user_read: { keys: [U], args: [], read: true },
  user_reset: { keys: [U, `${U}:sessions`, `${U}:reset`], args: ['h', 1, 'new'] },
  user_reset_make: { keys: [U, `${U}:reset`], args: ['owner', 'h', 9, 1_000] },
  user_reset_read: { keys: [`${U}:reset`], args: ['h', 1], read: true },
  user_rooms: { keys: [`${U}:rooms`], args: [], read: true },
  user_last_seen: { keys: [U], args: [], read: true },
  user_seen: { keys: [U], args: [1_000, 1] },
  user_settle: { keys: [U], args: [] },
  user_tell: { keys: [U], args: ['{}'] },
};
/** Commands that take a key of any type: there is nothing to refuse. */
const ANY_TYPE: ReadonlySet<string> = new Set(['pace_clear', 'server_tell', 'user_create']);

describe('functions on users and the server', () => {
  let redis: TestRedis;
  let door: RedisDoor;
  before(async () => {
    redis = await startRedis({ appendfsync: 'no' });
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
  /** All keys as they are when everything is well. */
  async function fill(): Promise<void> {
    const client = redis.client();
    await client.flushall();
    await client.hset(U, { kind: 'person', role: 'member', status: 'active', password: 'phc', name: 'a', rev: '3' });
    await client.hset(`${U}:sessions`, 'h', 's\x001\x001\x00all\x00\x00');
    await client.hset(`${U}:reset`, { hash: 'h', until: '9' });
    await client.hset(`${U}:rooms`, 'r0', '1');
    await client.set('name:a', 'aaaaaaaaaa', 'PX', 60_000);
    await client.hset(S, { owner: 'aaaaaaaaaa', ownerUntil: '9' });
    await client.hset(`${S}:invites`, 'h', 'i\x00aaaaaaaaaa\x002\x001\x001\x0099\x00');
    await client.hset(`${S}:invites:pending`, 'bbbbbbbbbb', 'h\x009');
    await client.xadd(`${S}:audit`, '*', 'at', '1');
    await client.zadd(`${S}:directory`, 0, 'nold\x00aaaaaaaaaa');
    await client.hset(`${S}:directory:rows`, 'aaaaaaaaaa', '0\x00nold');
    await client.hset('pace:a:b', { count: '1', ends: '2', grown: '0' });
  }
  async function all(): Promise<Record<string, string>> {
    const client = redis.client();
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
        await fill();
        const client = redis.client();
        const stream = (await client.type(wrong)) === 'string' ? 'list' : 'string';
        await client.del(wrong);
        if (stream === 'list') await client.rpush(wrong, 'x');
        else await client.set(wrong, 'x');
        const before = await all();
        await assert.rejects(run(name), /WRONGTYPE/);
        assert.deepEqual(await all(), before);
      });
    }
    if (read) continue;
    test(`${name} writes when all is well`, async () => {
      await fill();
      if (name === 'owner_claim' || name === 'server_found') await redis.client().del(S);
      if (name === 'name_reserve') await redis.client().del('name:a');
      const before = await all();
      await run(name);
      assert.notDeepEqual(await all(), before);
    });
  }

  test('a user of the wrong type is not made anew', async () => {
    await fill();
    assert.deepEqual(await run('user_create'), ['exists']);
  });
});
