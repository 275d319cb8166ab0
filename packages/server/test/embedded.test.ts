import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startRedis } from '@rill/harness';
import { type DataLock, DataInUse, lockData } from '../src/store/data-lock.ts';
import { type EmbeddedRedis, startEmbedded } from '../src/store/embedded.ts';
import { type FunctionLibrary, readLibrary } from '../src/store/functions.ts';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';

const quiet = { error() {}, info() {}, debug() {} };
const PARTITION = '{p7f}:partition';

let library: FunctionLibrary;
before(async () => {
  library = await readLibrary();
});

async function start(dataDir: string): Promise<{ redis: EmbeddedRedis; door: RedisDoor; stop(): Promise<void> }> {
  const redis = await startEmbedded({ dataDir, appendfsync: 'always', server: 'redis-server', library, log: quiet });
  const door = await openRedis({ url: redis.url, library });
  return {
    redis,
    door,
    async stop() {
      await door.close();
      await redis.stop();
    },
  };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rill-data-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const master = (door: RedisDoor) => {
  const [redis] = door.masters();
  assert.ok(redis);
  return redis;
};
const readyAgain = (door: RedisDoor) => new Promise((resolve) => master(door).once('ready', resolve));
const replid = async (door: RedisDoor) => /master_replid:(\w+)/.exec(await master(door).info('replication'))?.[1] ?? '';
const beginEpoch = async (door: RedisDoor, tick: number) =>
  master(door).hset(PARTITION, { epoch: 'aaaaaaaa', replid: await replid(door), tick });
const goesOn = async (door: RedisDoor) => (await master(door).hget(PARTITION, 'replid')) === (await replid(door));

describe('our own Redis', () => {
  test('runs as the promises need it, on a socket alone', () =>
    inFolder(async (folder) => {
      const { door, stop } = await start(folder);
      const settings = await master(door).config('GET', '*');
      const value = (name: string) => settings[settings.indexOf(name) + 1];
      assert.equal(value('appendfsync'), 'always');
      assert.equal(value('maxmemory-policy'), 'noeviction');
      assert.equal(value('save'), '');
      assert.equal(value('port'), '0');
      assert.equal(value('slowlog-log-slower-than'), '-1');
      assert.equal(value('crash-log-enabled'), 'no');
      assert.equal(value('unixsocketperm'), '600');
      await stop();
    }));

  test('keeps its data over a stop, and lives in a folder with a long name', () =>
    inFolder(async (folder) => {
      const long = join(folder, 'x'.repeat(120));
      const first = await start(long);
      await master(first.door).set('kept', 'yes');
      await first.stop();
      const second = await start(long);
      assert.equal(await master(second.door).get('kept'), 'yes');
      await second.stop();
    }));

  test('P1 is started again when it dies, with everything that was acknowledged', () =>
    inFolder(async (folder) => {
      const { redis, door, stop } = await start(folder);
      for (let round = 0; round < 3; round += 1) {
        await master(door).set(`kept ${round}`, 'yes');
        const back = readyAgain(door);
        process.kill(redis.pid() ?? 0, 'SIGKILL');
        await back;
        assert.equal(await master(door).get(`kept ${round}`), 'yes');
      }
      await stop();
    }));

  test('P4 an epoch goes on over a restart and over a crash', () =>
    inFolder(async (folder) => {
      const first = await start(folder);
      await beginEpoch(first.door, 5);
      await first.stop();
      const second = await start(folder);
      assert.equal(await goesOn(second.door), true);
      await master(second.door).hincrby(PARTITION, 'tick', 1);
      const back = readyAgain(second.door);
      process.kill(second.redis.pid() ?? 0, 'SIGKILL');
      await back;
      assert.equal(await goesOn(second.door), true);
      await second.stop();
    }));

  test('P4 no epoch goes on when the data went back to an older state', () =>
    inFolder(async (folder) => {
      const first = await start(folder);
      await beginEpoch(first.door, 5);
      await first.stop();
      const second = await start(folder);
      await cp(join(folder, 'redis', 'appendonlydir'), join(folder, 'copy'), { recursive: true });
      await master(second.door).hincrby(PARTITION, 'tick', 1);
      await second.stop();
      await rm(join(folder, 'redis', 'appendonlydir'), { recursive: true });
      await cp(join(folder, 'copy'), join(folder, 'redis', 'appendonlydir'), { recursive: true });
      const restored = await start(folder);
      assert.equal(await goesOn(restored.door), false);
      await restored.stop();
    }));

  test('P4 no epoch goes on when data and mark went back together', () =>
    inFolder(async (folder) => {
      const first = await start(join(folder, 'a'));
      await beginEpoch(first.door, 5);
      await first.stop();
      await cp(join(folder, 'a'), join(folder, 'b'), { recursive: true });
      const restored = await start(join(folder, 'b'));
      assert.equal(await goesOn(restored.door), false);
      await restored.stop();
    }));

  test('a redis-server that a killed server left behind is ended before another takes its files', () =>
    inFolder(async (folder) => {
      const home = join(folder, 'redis');
      await mkdir(home);
      const orphan = await startRedis({ folder: home, settings: { pidfile: join(home, 'redis.pid') } });
      await orphan.client().set('kept', 'yes');
      const { door, stop } = await start(folder);
      assert.throws(() => process.kill(orphan.pid(), 0), { code: 'ESRCH' });
      assert.equal(await master(door).get('kept'), 'yes');
      await stop();
      await orphan.stop();
    }));

  test('a missing redis-server is said so', () =>
    inFolder(async (folder) => {
      await assert.rejects(
        startEmbedded({ dataDir: folder, appendfsync: 'always', server: 'no-such-redis', library, log: quiet }),
        /no-such-redis could not be run\. Install it/,
      );
    }));
});

describe('a data folder', () => {
  let folder: string;
  let lock: DataLock;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rill-lock-'));
    lock = await lockData(folder);
  });
  after(() => rm(folder, { recursive: true }));

  test('is refused to a second server by name, in this process and in another', async () => {
    const refused = new RegExp(`${folder} is in use by another server \\(process ${process.pid}, since 2`);
    await assert.rejects(lockData(folder), (error) => error instanceof DataInUse && refused.test(error.message));
    const other = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { lockData } from ${JSON.stringify(import.meta.resolve('../src/store/data-lock.ts'))};
       await lockData(${JSON.stringify(folder)}).catch((error) => { console.log(error.message); });`,
    ]);
    const [said] = await once(other.stdout, 'data');
    assert.match(String(said), refused);
  });

  test('is free again when the server is gone, however it went', async () => {
    lock.release();
    const other = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { lockData } from ${JSON.stringify(import.meta.resolve('../src/store/data-lock.ts'))};
       await lockData(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`,
    ]);
    await once(other.stdout, 'data');
    await assert.rejects(lockData(folder), DataInUse);
    other.kill('SIGKILL');
    await once(other, 'exit');
    (await lockData(folder)).release();
  });
});
