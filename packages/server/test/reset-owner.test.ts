import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ask, ON_CLUSTER, register, startServerProcess } from '@rill/harness';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../src/reset-owner.ts');

test('an owner who forgot the password gets a link from whoever has the machine', { skip: ON_CLUSTER }, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rill-owner-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const link = () => run(process.execPath, [script], { env: { PATH: process.env['PATH'], DATA_DIR: dataDir } });
  assert.match((await link()).stdout, /Nobody owns this server yet/);
  const server = await startServerProcess({ dataDir });
  t.after(() => server.stop());
  const owner = await register(server.url, { username: 'boss', code: server.ownerCode });
  await assert.rejects(link(), /in use by another server/);
  await server.kill('SIGTERM');
  const code = /http:\/\/localhost:8080\/reset#reset=(\S+)/.exec((await link()).stdout)?.[1];
  await server.restart();
  const newPassword = 'remembered-Lantern-12';
  assert.equal((await ask(server.url, 'POST', '/reset', { code, newPassword })).status, 204);
  assert.equal((await owner.ask('GET', '/me')).status, 401);
  const signed = await ask(server.url, 'POST', '/login', { username: 'boss', password: newPassword });
  assert.equal(signed.status, 200);
  assert.equal((await ask(server.url, 'POST', '/reset', { code, newPassword })).status, 410);
});
