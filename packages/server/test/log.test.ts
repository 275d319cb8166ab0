import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startRedis } from '@rill/harness';
import { startRig } from './accounts-rig.ts';
import { createLog } from '../src/log.ts';
import { openLink } from '../src/store/redis-link.ts';

function lines(): { write(line: string): void; all: string[] } {
  const all: string[] = [];
  return { all, write: (line) => void all.push(line) };
}

test('P6 secrets and texts are blotted out wherever they stand in a log line', () => {
  const to = lines();
  const log = createLog('debug', to);
  const canary = 'cnry-0123456789';
  log.info(
    { token: canary, req: { headers: { authorization: canary, cookie: canary } }, body: { text: canary } },
    'odd',
  );
  log.info({ password: canary, signIn: { password: canary, newPassword: canary } }, 'odd');
  assert.equal(to.all.length, 2);
  assert.equal(to.all.join('').includes(canary), false);
});

test('P6 an error of Redis is told without the arguments of its command', async (t) => {
  const redis = await startRedis();
  t.after(redis.stop);
  const link = openLink(redis.url, 'test');
  t.after(() => link.disconnect());
  await link.connect();
  const to = lines();
  const log = createLog('debug', to);
  await link.set('key', 'text');
  const error = await link.hset('key', 'field', 'cnry-0123456789').then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(JSON.stringify(error).includes('cnry-0123456789'), 'the error itself has them');
  log.error({ err: error }, 'failed');
  log.error({ err: new Error('outer', { cause: error }) }, 'failed');
  assert.equal(to.all.join('').includes('cnry-0123456789'), false);
  assert.match(to.all[0] ?? '', /WRONGTYPE/);
});

test('while storage is away it is told now and then, not for every request, and without a stack', async (t) => {
  const rig = await startRig();
  t.after(rig.stop);
  const { session } = await rig.owner();
  await rig.redis.kill();
  for (let asked = 0; asked < 5; asked += 1) {
    assert.equal((await rig.ask('GET', '/me', { token: session.token ?? '' })).status, 503);
  }
  const lines = rig
    .logged()
    .split('\n')
    .filter((line) => line.includes('"problem":"unavailable"'));
  const levels = lines.map((line) => (JSON.parse(line) as { level: string }).level);
  assert.deepEqual(levels, ['error', 'debug', 'debug', 'debug', 'debug']);
  assert.match(lines[0] ?? '', /"why":"[^"]+"/);
  assert.doesNotMatch(lines.join('\n'), /"stack"/);
});
