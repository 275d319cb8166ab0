import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import type { Redis } from 'ioredis';
import { createHealth } from '../src/health.ts';
import { readLibrary } from '../src/store/functions.ts';
import type { RedisDoor } from '../src/store/redis.ts';

test('P9 however many ask whether the server is ready, Redis is asked once at a time', async () => {
  let [asked, answered] = [0, () => {}];
  const master = {
    ping: () => {
      asked += 1;
      return new Promise<void>((resolve) => {
        answered = resolve;
      });
    },
    function: async () => ['ours'],
  };
  // Of a door only what is asked of it here.
  const redis = { masters: () => [master as unknown as Redis], subscriberAlive: () => true } as unknown as RedisDoor;
  const durability = { says: 'nothing', kept: true } as never;
  const health = createHealth({ redis, library: await readLibrary(), durability, dataDir: tmpdir() });
  const crowd = Array.from({ length: 1_000 }, () => health.checks());
  health.drain();
  answered();
  for (const checks of await Promise.all(crowd)) {
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ name }) => name),
      ['accepting'],
      'that it stops is told at once',
    );
  }
  assert.equal(asked, 1);
  const later = health.checks();
  answered();
  await later;
  assert.equal(asked, 2, 'what is told is looked at anew');
});
