import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ON_CLUSTER, startServer, type TestServer } from '@rill/harness';
import { rawBytes } from './bad-input.ts';
import { type Scene, setScene } from './people.ts';
import { exchange } from './raw.ts';

let scene: Scene;
before(async () => {
  scene = await setScene();
});
after(() => scene.stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${scene.server.url}${path}`, { headers });

test('the process says that it is alive, and that it is ready', async () => {
  assert.deepEqual(await (await get('/healthz')).json(), { alive: true });
  const answer = await get('/readyz');
  const body = (await answer.json()) as { ready: boolean; checks: { name: string; ok: boolean }[] };
  assert.deepEqual([answer.status, body.ready], [200, true]);
  assert.deepEqual(
    body.checks.map(({ name }) => name),
    ['storage', 'functions', 'durability', 'disk', 'accepting'],
  );
  assert.equal(answer.headers.get('cache-control'), 'no-store');
});

test('metrics count requests by route, never by what somebody chose', async () => {
  await scene.member.ask('GET', `/rooms/${scene.room.id}`);
  await get('/a/path/nobody/has');
  const text = await (await get('/metrics')).text();
  assert.match(text, /rill_http_request_seconds_count\{route="\/api\/v1\/rooms\/:room",method="GET",status="200"\}/);
  assert.match(text, /rill_http_request_seconds_count\{route="none",method="GET",status="404"\}/);
  assert.match(text, /rill_messages_sent_total\{door="rest"\} [1-9]/);
  assert.match(text, /rill_redis_seconds_count\{call="room_send"\} [1-9]/);
  assert.match(text, /rill_sockets 0/);
  assert.match(text, /nodejs_eventloop_lag_seconds/);
  for (const secret of [scene.room.id, scene.member.id, scene.canary, 'nobody'])
    assert.ok(!text.includes(secret), secret);
});

test('metrics are for this machine alone, and not through a proxy', async () => {
  assert.equal((await get('/metrics')).status, 200);
  for (const header of ['x-forwarded-for', 'forwarded']) {
    assert.equal((await get('/metrics', { [header]: '203.0.113.7' })).status, 404);
  }
});

test('with a token, metrics are for whoever bears it', async () => {
  const server: TestServer = await startServer({ env: { METRICS_TOKEN: 'a-token-of-some-length' } });
  try {
    const ask = (authorization?: string) =>
      fetch(`${server.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } });
    assert.equal((await ask()).status, 404);
    assert.equal((await ask('Bearer a-token-of-some-lengtH')).status, 404);
    assert.equal((await ask('Bearer a-token-of-some-length')).status, 200);
  } finally {
    await server.stop();
  }
});

test('P8 one address that asks too much waits, and those who watch the server do not', async () => {
  const server = await startServer({ env: { LIMIT_REQUESTS_PER_MINUTE: '60' } });
  try {
    const ask = (path: string) => fetch(`${server.url}${path}`);
    const answers = await Promise.all(Array.from({ length: 80 }, () => ask('/api/v1/server')));
    assert.equal(answers.filter(({ status }) => status === 200).length, 60);
    const refused = answers.find(({ status }) => status === 429);
    assert.ok(refused);
    assert.equal(((await refused.json()) as { code: string }).code, 'rate_limited');
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal((await ask('/nothing')).status, 429, 'nor are paths that do not exist free');
    for (const path of ['/healthz', '/readyz', '/metrics']) assert.equal((await ask(path)).status, 200);
  } finally {
    await server.stop();
  }
});

test('pages of other origins are told nothing, those that were named may read', async () => {
  const server = await startServer({ env: { ORIGINS: 'https://chat.example.org' } });
  try {
    const ask = (origin: string, method = 'GET') =>
      fetch(`${server.url}/api/v1/server`, {
        method,
        headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}) },
      });
    const friend = await ask('https://chat.example.org', 'OPTIONS');
    assert.equal(friend.status, 204);
    assert.equal(friend.headers.get('access-control-allow-origin'), 'https://chat.example.org');
    assert.equal(friend.headers.get('access-control-allow-credentials'), 'true');
    for (const origin of ['https://chat.example.org.evil', 'http://chat.example.org', 'null', 'https://evil.example']) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await ask(origin, method);
        assert.equal(answer.headers.get('access-control-allow-origin'), null, `${origin} ${method}`);
        assert.match(answer.headers.get('vary') ?? '', /Origin/);
      }
    }
    assert.equal((await ask('https://evil.example', 'OPTIONS')).status, 405);
  } finally {
    await server.stop();
  }
});

test('P8 a known path answers another method with 405 and what it takes', async () => {
  const answer = await scene.member.ask('DELETE', `/rooms/${scene.room.id}/messages`);
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('allow'), 'GET, HEAD, POST');
});

test('a body that was asked for is waited for', async () => {
  const headers = [
    'Host: 127.0.0.1',
    `Authorization: Bearer ${scene.member.token}`,
    'Expect: 100-continue',
    'Content-Type: application/json',
    'Content-Length: 23',
  ];
  const bytes = rawBytes(`PATCH /api/v1/me`, headers, '{"displayName":"Later"}');
  const { status } = await exchange(scene.server.port, bytes);
  assert.equal(status, 200);
});

test('without storage the server says so, and says when to come back', { skip: ON_CLUSTER }, async () => {
  const server = await startServer();
  try {
    const person = await server.owner();
    process.kill(server.redisPid(), 'SIGSTOP');
    const ready = await fetch(`${server.url}/readyz`);
    assert.equal(ready.status, 503);
    assert.equal(((await ready.json()) as { ready: boolean }).ready, false);
    const answer = await person.ask('GET', '/rooms');
    assert.equal(answer.status, 503);
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
    assert.doesNotMatch(JSON.stringify(answer.body), /redis| at |\//i);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    process.kill(server.redisPid(), 'SIGCONT');
  } finally {
    await server.stop();
  }
});
