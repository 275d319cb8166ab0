import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startRedis, type TestRedis } from '@rill/harness';
import { Refusal } from '../src/domain/refusal.ts';
import { boundDoor } from '../src/store/bounded-door.ts';
import { type FunctionLibrary, readLibrary } from '../src/store/functions.ts';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';

const HELPER = `local function word(text) return {text} end`;
const WRITE = `register('put', function(keys, args)
  redis.call('SET', keys[1], args[1])
  redis.call('SPUBLISH', keys[1], args[1])
  return word('ok')
end)`;
const READ = `register_read('get', function(keys) return {'ok', redis.call('GET', keys[1]) or '', 7} end)`;
const SLOW = `register('slow', function(keys)
  local n = 0
  for i = 1, 40000000 do n = n + i end
  redis.call('INCR', keys[1])
  return {'ok'}
end)`;

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

describe('the door to Redis', () => {
  let redis: TestRedis;
  let library: FunctionLibrary;
  let door: RedisDoor;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rill-lua-'));
    await writeFile(join(folder, '_words.lua'), HELPER);
    await writeFile(join(folder, 'put.lua'), WRITE);
    await writeFile(join(folder, 'get.lua'), READ);
    await writeFile(join(folder, 'slow.lua'), SLOW);
    library = await readLibrary(folder);
    redis = await startRedis();
    door = await openRedis({ url: redis.url, library });
  });
  after(async () => {
    await door.close();
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  test('functions are called by the name of their file and answer strings', async () => {
    assert.deepEqual(await door.call('put', ['{a}'], ['one']), ['ok']);
    assert.deepEqual(await door.read('get', ['{a}'], []), ['ok', 'one', '7']);
  });

  test('a library that went away is loaded again within the same call', async () => {
    await redis.client().function('FLUSH');
    assert.deepEqual(await door.call('put', ['{a}'], ['two']), ['ok']);
  });

  test('two versions of the library stand side by side', async () => {
    await writeFile(join(folder, 'more.lua'), `register_read('more', function() return {'ok'} end)`);
    const newer = await openRedis({ url: redis.url, library: await readLibrary(folder) });
    await rm(join(folder, 'more.lua'));
    assert.deepEqual(await newer.read('more', ['{a}'], []), ['ok']);
    assert.deepEqual(await door.read('get', ['{a}'], []), ['ok', 'two', '7']);
    await newer.close();
  });

  test('listeners of one channel share it and each gets every payload', async () => {
    const heard: string[] = [];
    let arrived = Promise.withResolvers<void>();
    const hear = (who: string) => (payload: string) => {
      heard.push(`${who} ${payload}`);
      arrived.resolve();
    };
    const put = async (payload: string) => {
      arrived = Promise.withResolvers();
      await door.call('put', ['{a}'], [payload]);
      await arrived.promise;
    };
    const first = await door.subscribe('{a}', hear('first'));
    const second = await door.subscribe('{a}', hear('second'));
    await put('x');
    await first();
    await put('y');
    await second();
    await door.call('put', ['{a}'], ['z']);
    const last = await door.subscribe('{b}', hear('last'));
    arrived = Promise.withResolvers();
    await door.call('put', ['{b}'], ['end']);
    await arrived.promise;
    await last();
    assert.deepEqual(heard, ['first x', 'second x', 'second y', 'last end']);
  });

  test('P7 a subscriber link that was lost is silent, then back with all its channels', async () => {
    const heard: string[] = [];
    const gone = await door.subscribe('{a}', (payload) => heard.push(payload));
    assert.equal(door.subscriberAlive(), true);
    const back = Promise.withResolvers<void>();
    const off = door.onResubscribed(back.resolve);
    await redis.client().call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await back.promise;
    off();
    assert.equal(door.subscriberAlive(), true);
    const next = Promise.withResolvers<void>();
    const also = await door.subscribe('{a}', () => next.resolve());
    await door.call('put', ['{a}'], ['after']);
    await next.promise;
    assert.deepEqual(heard, ['after']);
    await also();
    await gone();
  });

  test('P1 a call cut off in the middle has an unknown outcome, one that was never sent is unavailable', async () => {
    const cut = assert.rejects(door.call('slow', ['{n}'], []), refused('outcome_unknown'));
    const asked = door.read('get', ['{a}'], []);
    const unread = assert.rejects(asked, refused('unavailable'));
    setImmediate(() => void redis.kill());
    await Promise.all([cut, unread]);
    await assert.rejects(door.call('put', ['{a}'], ['lost']), refused('unavailable'));
    const [master] = door.masters();
    assert.ok(master);
    // Not `once`, which fails at the first try to connect that comes before Redis does.
    const ready = new Promise<void>((resolve) => master.once('ready', () => resolve()));
    await redis.restart();
    await ready;
    assert.deepEqual(await door.read('get', ['{a}'], []), ['ok', 'after', '7']);
    assert.equal(await redis.client().get('{n}'), null);
  });

  test('a full Redis refuses to store and still reads', async () => {
    await redis.client().config('SET', 'maxmemory', '1');
    await assert.rejects(door.call('put', ['{a}'], ['more']), refused('storage_full'));
    assert.deepEqual(await door.read('get', ['{a}'], []), ['ok', 'after', '7']);
    await redis.client().config('SET', 'maxmemory', '0');
  });

  test('P8 calls that gather while Redis stands still are bounded', async () => {
    const bounded = boundDoor(door, 5);
    process.kill(redis.pid(), 'SIGSTOP');
    const waiting = Array.from({ length: 5 }, () => bounded.read('get', ['{a}'], []));
    await assert.rejects(bounded.read('get', ['{a}'], []), refused('overloaded'));
    process.kill(redis.pid(), 'SIGCONT');
    await Promise.all(waiting);
    assert.equal((await bounded.read('get', ['{a}'], []))[0], 'ok');
  });

  test('a fault of a function is no refusal', async () => {
    await redis.client().hset('{h}', 'a', 'b');
    await assert.rejects(door.read('get', ['{h}'], []), (error) => !(error instanceof Refusal));
  });
});
