import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { newNonce, ON_CLUSTER, startServer, until } from '@rill/harness';
import { Redis } from 'ioredis';
import { startEmbedded } from '../src/store/embedded.ts';
import { readLibrary } from '../src/store/functions.ts';

const quiet = { error() {}, info() {}, debug() {} };

async function onSmallDisk(mebibytes: number, work: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rill-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', dataDir]);
  try {
    await work(dataDir);
  } finally {
    execFileSync('umount', [dataDir]);
    await rm(dataDir, { recursive: true });
  }
}

describe('a full disk', {
  skip: ON_CLUSTER || (process.getuid?.() === 0 ? false : 'mounting a small disk takes root'),
}, () => {
  test('P1 refuses sends, still reads, and goes on by itself when there is room again', () =>
    onSmallDisk(96, async (dataDir) => {
      const server = await startServer({ dataDir });
      try {
        const owner = await server.owner();
        const { id: room } = await owner.makeRoom();
        const { seq } = await owner.say(room, 'while there is room');
        const filler = join(dataDir, 'filler');
        await writeFile(filler, Buffer.alloc(70 * 1_048_576));
        await until('sends are refused', async () => {
          const { status, body } = await owner.ask('POST', `/rooms/${room}/messages`, { nonce: newNonce(), text: 'x' });
          return status === 503 && (body as { code: string }).code === 'storage_full';
        });
        const { text } = await owner.get<{ text: string }>(`/rooms/${room}/messages/${seq}`);
        assert.equal(text, 'while there is room');
        assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
        await rm(filler);
        const nonce = newNonce();
        await until('sends are taken', async () => {
          const { status } = await owner.ask('POST', `/rooms/${room}/messages`, { nonce, text: 'is there room?' });
          return status < 300;
        });
      } finally {
        await server.halt();
      }
    }));

  test('P1 a disk that fills up under Redis loses nothing that was acknowledged', () =>
    onSmallDisk(24, async (dataDir) => {
      const library = await readLibrary();
      const redis = await startEmbedded({
        dataDir,
        appendfsync: 'always',
        server: 'redis-server',
        library,
        log: quiet,
      });
      const link = new Redis({
        path: redis.url.slice('unix://'.length),
        maxRetriesPerRequest: 0,
        commandTimeout: 2_000,
      });
      link.on('error', () => {});
      try {
        let stored = 0;
        await assert.rejects(async () => {
          for (;;) {
            // The watch over the disk would end this earlier.
            await link.config('SET', 'maxmemory', '0');
            await link.set(`k${stored}`, 'x'.repeat(1_000_000));
            stored += 1;
          }
        });
        assert.ok(stored > 10);
        execFileSync('mount', ['-o', 'remount,size=96m', dataDir]);
        const last = `k${stored - 1}`;
        await until('it is back with all of it', async () => (await link.exists(last).catch(() => 0)) === 1);
      } finally {
        link.disconnect();
        await redis.stop();
      }
    }));
});
