import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { type FastifyInstance, fastify } from 'fastify';
import { errors } from '../src/http/plugins/errors.ts';
import { limits } from '../src/http/plugins/limits.ts';
import { methods } from '../src/http/plugins/methods.ts';
import { web } from '../src/http/plugins/web.ts';

const INDEX = '<!doctype html><title>Rill</title>';
const SCRIPT = 'console.log("rill");'.repeat(100);

let folder: string;
let app: FastifyInstance;

async function serve(root: string): Promise<FastifyInstance> {
  const served = fastify();
  errors(served);
  await limits(served, 1_000_000);
  methods(served, await web(served, root));
  served.get('/api/v1/known', async () => 'known');
  await served.ready();
  return served;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rill-web-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(dist, 'index.html'), INDEX);
  await writeFile(join(dist, 'service-worker.js'), SCRIPT);
  await writeFile(join(dist, '.hidden'), 'hidden');
  await writeFile(join(dist, 'assets', 'main-a1b2c3.js'), SCRIPT);
  await writeFile(join(dist, 'assets', 'main-a1b2c3.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(folder, 'secret'), 'secret');
  app = await serve(dist);
});
after(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('the web client is served, and what is named by its content is kept for ever', async () => {
  const index = await get('/');
  assert.equal(index.body, INDEX);
  assert.equal(index.headers['cache-control'], 'no-cache');
  const asset = await get('/assets/main-a1b2c3.js', { 'accept-encoding': 'gzip, br' });
  assert.equal(asset.headers['content-encoding'], 'br');
  assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.match(String(asset.headers['content-type']), /javascript/);
  assert.match(String(asset.headers.vary), /accept-encoding/i);
  const plain = await get('/assets/main-a1b2c3.js');
  assert.equal(plain.body, SCRIPT);
  assert.equal((await get('/service-worker.js')).headers['cache-control'], 'no-cache');
});

test('an address that only the client knows gets the client, to whoever goes there', async () => {
  for (const path of ['/rooms/7fabcdefghijklmnop', '/settings', '/rooms/7fabcdefghijklmnop/12']) {
    const page = await get(path, PAGE);
    assert.deepEqual([page.statusCode, page.body], [200, INDEX], path);
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.equal((await get(path, { accept: 'application/json' })).statusCode, 404);
  }
});

test('what is missing is missing', async () => {
  for (const path of [
    '/api/v1/nothing',
    '/api',
    '/api/',
    '/docs/nothing',
    '/assets/gone-a1b2.js',
    '/favicon.ico',
    '/.hidden',
    '/.git/config',
  ]) {
    const answer = await get(path, PAGE);
    assert.equal(answer.statusCode, 404, path);
    assert.match(String(answer.headers['content-type']), /problem\+json/, path);
  }
  assert.equal((await app.inject({ method: 'POST', url: '/api/v1/known', headers: PAGE })).statusCode, 405);
});

test('P8 no path leads out of the folder', async () => {
  for (const path of [
    '/../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/assets/../../secret',
    '/assets/%2e%2e/%2e%2e/secret',
    '//secret',
    '/assets/..%5c..%5csecret',
    '/....//secret',
    '/%00',
    '/assets/main-a1b2c3.js%00.html',
    '/etc/passwd',
  ]) {
    const answer = await get(path, PAGE);
    assert.ok(
      answer.statusCode === 404 || answer.statusCode === 400 || answer.body === INDEX,
      `${path} ${answer.statusCode}`,
    );
    assert.ok(!answer.body.includes('secret') || answer.statusCode >= 400, path);
  }
});

test('P8 B18 a thousand ranges are no amplification', async () => {
  const range = `bytes=${Array(1_000).fill('0-').join()}`;
  const answer = await get('/assets/main-a1b2c3.js', { range });
  assert.ok([200, 206, 416].includes(answer.statusCode));
  assert.ok(answer.rawPayload.length <= SCRIPT.length);
});

test('without a built client there is a page that says how to build it', async () => {
  const bare = await serve(join(folder, 'nothing'));
  const page = await bare.inject({ url: '/', headers: PAGE });
  assert.equal(page.statusCode, 404);
  assert.match(page.body, /npm start/);
  assert.equal((await bare.inject('/api/v1/known')).statusCode, 200);
  await bare.close();
});
