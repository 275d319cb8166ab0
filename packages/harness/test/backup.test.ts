import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { startRedis } from '../src/index.ts';

const run = promisify(execFile);
const REWRITE_EVERY_MS = 500;
const script = (name: string) => join(import.meta.dirname, '../../../deploy', name);

test('a backup of a busy Redis, while it rewrites its file, is one moment of it and can be restored', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'rill-backup-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const data = join(home, 'data');
  await mkdir(join(data, 'redis'), { recursive: true });
  await writeFile(join(data, 'secret'), 'not to be lost');
  const redis = await startRedis({ folder: join(data, 'redis') });
  const client = redis.client();
  await client.set('ballast', 'x'.repeat(4_000_000));

  let busy = true;
  let rewrite = 0;
  let written = 0;
  const writing = (async () => {
    while (busy) {
      await client.rpush('numbers', written + 1);
      written += 1;
      // Often, but not without a pause: a backup needs a moment in which no file is exchanged.
      if (performance.now() > rewrite) {
        await client.bgrewriteaof().catch(() => {});
        rewrite = performance.now() + REWRITE_EVERY_MS;
      }
    }
  })();
  const backups: { folder: string; atLeast: number; atMost: number }[] = [];
  try {
    while (backups.length < 3) {
      const atLeast = written;
      const { stdout } = await run(script('backup'), [data, join(home, `backups-${backups.length}`)]);
      backups.push({ folder: stdout.trim(), atLeast, atMost: written + 1 });
    }
  } finally {
    busy = false;
    await writing;
    await redis.stop();
  }

  for (const [at, { folder, atLeast, atMost }] of backups.entries()) {
    const restored = join(home, `restored-${at}`);
    await run(script('restore'), [folder, restored]);
    assert.equal(await readFile(join(restored, 'secret'), 'utf8'), 'not to be lost');
    const again = await startRedis({ folder: join(restored, 'redis') });
    const numbers = await again.client().lrange('numbers', 0, -1);
    await again.stop();
    assert.deepEqual(
      numbers,
      Array.from({ length: numbers.length }, (_, index) => String(index + 1)),
      'no hole',
    );
    assert.ok(numbers.length >= atLeast && numbers.length <= atMost, `${atLeast} ≤ ${numbers.length} ≤ ${atMost}`);
  }
});

test('a backup does not look at the manifest that Redis is just writing', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'rill-backup-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const files = join(home, 'data/redis/appendonlydir');
  await mkdir(files, { recursive: true });
  const names = ['appendonly.aof.1.base.rdb', 'appendonly.aof.1.incr.aof'];
  for (const name of names) await writeFile(join(files, name), name);
  const manifest = `file ${names[0]} seq 1 type b\nfile ${names[1]} seq 1 type i\n`;
  await writeFile(join(files, 'appendonly.aof.manifest'), manifest);
  // Seen in the folder, and gone when it is opened: as Redis's own is when it takes the place of the one before.
  await symlink('gone', join(files, 'temp-appendonly.aof.manifest'));
  const { stdout } = await run(script('backup'), [join(home, 'data'), join(home, 'backups')]);
  const copied = join(stdout.trim(), 'appendonlydir');
  assert.deepEqual((await readdir(copied)).sort(), [...names, 'appendonly.aof.manifest'].sort());
  assert.equal(await readFile(join(copied, 'appendonly.aof.manifest'), 'utf8'), manifest);
});

test('a restore never writes over data', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'rill-restore-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, 'backup/appendonlydir'), { recursive: true });
  await mkdir(join(home, 'data'));
  await writeFile(join(home, 'data/something'), 'precious');
  await assert.rejects(run(script('restore'), [join(home, 'backup'), join(home, 'data')]), /is not empty/);
  await assert.rejects(run(script('restore'), [join(home, 'data'), join(home, 'new')]), /is no backup/);
  await assert.rejects(run(script('backup'), [join(home, 'data'), join(home, 'new')]), /no append-only files/);
});
