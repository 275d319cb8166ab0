import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { ON_CLUSTER, startServer } from '@rill/harness';
import { filesWith, gone } from './files-with.ts';

const run = promisify(execFile);
const deploy = (name: string) => join(import.meta.dirname, '../../../deploy', name);

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rill-deploy-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await promisify(server.close.bind(server))();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('P1 P6 on deploy/redis.conf, with the rights it gives, Rill stores durably and forgets', {
  skip: ON_CLUSTER,
}, async (t) => {
  const data = await folder(t);
  const port = await freePort();
  const redis = spawn('redis-server', [deploy('redis.conf'), '--port', `${port}`, '--dir', data], { stdio: 'ignore' });
  t.after(async () => {
    redis.kill();
    await once(redis, 'exit');
  });
  const server = await startServer({ env: { REDIS_URL: `redis://rill:change-this-password@127.0.0.1:${port}` } });
  t.after(server.stop);
  const { checks } = (await (await fetch(`${server.url}/readyz`)).json()) as {
    checks: { name: string; detail?: string }[];
  };
  assert.match(checks.find(({ name }) => name === 'durability')?.detail ?? '', /^appendfsync always/);
  const owner = await server.owner();
  const guest = await server.person();
  const { id: room } = await owner.makeRoom({ members: [guest.id] });
  const line = await guest.live();
  const text = `cnry-${'0123456789abcdef'.repeat(2)}`;
  const { seq } = await owner.say(room, text);
  await line.take('event', ({ event }) => event.kind === 'message.sent');
  assert.ok((await filesWith(data, text)).length > 0, 'the text was on disk at all');
  await owner.post(`/rooms/${room}/messages/${seq}/recall`);
  await line.take('event', ({ event }) => event.kind === 'message.recalled');
  await server.erase();
  await gone(data, text);
  await line.close();
});

test('P4 what deploy/backup copied of a running server is, put back by deploy/restore, that server again', {
  skip: ON_CLUSTER,
}, async (t) => {
  const [backups, restored] = [await folder(t), join(await folder(t), 'data')];
  const server = await startServer();
  t.after(server.stop);
  const owner = await server.owner();
  const { id: room } = await owner.makeRoom();
  const { seq } = await owner.say(room, 'from before the backup');
  const { stdout } = await run(deploy('backup'), [server.dataDir, backups]);
  await owner.say(room, 'from after the backup');
  const { rev, epoch } = await owner.page(room);

  await run(deploy('restore'), [stdout.trim(), restored]);
  const again = await startServer({ dataDir: restored });
  t.after(again.stop);
  // The same account, session and secret; another life of the log, so that newer cursors are told.
  const back = owner.at(again.url);
  const page = await back.page(room);
  assert.equal(page.seq, seq);
  assert.notEqual(page.epoch, epoch);
  const line = await back.live({ [room]: { rev, epoch } });
  await line.take('resync', (frame) => frame.room === room);
  await line.close();
});

test('the image is built from every package, and runs what the server needs', async () => {
  const dockerfile = await readFile(deploy('Dockerfile'), 'utf8');
  const [building = '', running = ''] = dockerfile.split(/^FROM .*\n/m).slice(1);
  const packages = await readdir(join(import.meta.dirname, '../../..', 'packages'));
  for (const name of packages)
    assert.ok(building.includes(`COPY packages/${name}/package.json packages/${name}/`), name);
  const { dependencies } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const own = Object.keys(dependencies).flatMap((name) => /^@rill\/(.+)$/.exec(name)?.[1] ?? []);
  for (const name of [...own, 'server']) {
    assert.ok(running.includes(`COPY packages/${name} packages/${name}`), name);
    assert.ok(running.includes(`--workspace @rill/${name}`), name);
  }
});
