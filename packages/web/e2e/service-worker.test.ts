import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const BUILT = join(import.meta.dirname, '../dist');

test('the service worker keeps files that are there, and every script and style: with one too many it would not install', async () => {
  const worker = await readFile(join(BUILT, 'service-worker.js'), 'utf8');
  const kept = JSON.parse(/^const FILES = (\[.*\]);$/m.exec(worker)?.[1] ?? '[]') as string[];
  const there = (await readdir(BUILT, { recursive: true })).map((name) => `/${name}`);
  const needed = there.filter((name) => /^\/assets\/.+\.(js|css)$/.test(name));
  assert.ok(needed.length > 40, `only ${needed.length} files were found`);
  assert.deepEqual(
    kept.filter((name) => !there.includes(name)),
    [],
  );
  assert.deepEqual(
    needed.filter((name) => !kept.includes(name)),
    [],
  );
});
