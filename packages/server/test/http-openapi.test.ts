import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launchBrowser, startServer, type TestServer } from '@rill/harness';
import { ERRORS, isErrorCode } from '@rill/protocol';
import { describe, operations } from './api.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

test('the description of the API is valid, to the linter', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rill-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(await describe(server.url)));
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [cli, 'lint', '--extends', 'recommended-strict', '--format', 'stylish', file],
      { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
    );
    assert.match(stdout + stderr, /valid/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the linter finds what is wrong with a description', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rill-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    const description = await describe(server.url);
    await writeFile(file, JSON.stringify({ ...description, components: { ...description.components, schemas: {} } }));
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const linting = promisify(execFile)(process.execPath, [cli, 'lint', '--extends', 'recommended-strict', file], {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    await assert.rejects(linting);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('every operation has a name of its own, a sentence, a tag, and its failures with codes of the catalogue', async () => {
  const { paths } = await describe(server.url);
  const all = Object.values(paths).flatMap((methods) => Object.values(methods)) as unknown as {
    operationId: string;
    summary: string;
    tags: string[];
    security?: unknown[];
    responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  }[];
  assert.ok(all.length >= 35, `only ${all.length} operations`);
  assert.equal(new Set(all.map(({ operationId }) => operationId)).size, all.length);
  for (const { operationId, summary, tags, security, responses } of all) {
    assert.ok(summary.length > 3 && tags.length === 1, operationId);
    assert.ok(
      security?.length === 0 || '401' in responses,
      `${operationId} says what is answered to whoever is signed out`,
    );
    for (const [status, { description, content }] of Object.entries(responses)) {
      if (Number(status) < 400 || operationId === 'ready') continue;
      assert.ok(content && 'application/problem+json' in content, `${operationId} ${status}`);
      const codes = [...description.matchAll(/`(\w+)`:/g)].map(([, code]) => code ?? '');
      assert.ok(codes.length > 0, `${operationId} ${status}`);
      for (const code of codes) {
        assert.ok(isErrorCode(code) && ERRORS[code].status === Number(status), `${operationId} ${status} ${code}`);
      }
    }
  }
});

test('every shape that has a name stands once, and nothing of the compiler’s stands with it', async () => {
  const text = JSON.stringify(await describe(server.url));
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, object> } };
  for (const name of ['Message', 'Room', 'RoomEvent', 'User', 'Me', 'Problem'])
    assert.ok(name in components.schemas, name);
  assert.doesNotMatch(text, /"\$id"|"\$name"|"~/);
});

test('every call that clients rely on is described', async () => {
  const calls = (await operations(server.url)).map(({ method, path }) => `${method} ${path}`);
  const room = '/rooms/{room}';
  const message = `${room}/messages/{seq}`;
  const wanted = [
    ...['GET /server', 'POST /register', 'POST /login', 'POST /logout', 'GET /me', 'PATCH /me', 'PUT /me/password'],
    ...['GET /sessions', 'DELETE /sessions/{session}', 'GET /users', 'GET /users/{user}'],
    ...['GET /rooms', 'POST /rooms', `GET ${room}`, `PATCH ${room}`, `GET ${room}/members`],
    ...['PUT', 'PATCH', 'DELETE'].map((method) => `${method} ${room}/members/{user}`),
    ...[`GET ${room}/messages`, `GET ${room}/events`, `POST ${room}/messages`, `GET ${message}`, `PATCH ${message}`],
    ...['recall', 'hide', 'remove'].map((act) => `POST ${message}/${act}`),
    ...[`GET ${message}/edits`, `PUT ${room}/read`, `POST ${room}/import`],
  ];
  for (const call of wanted) assert.ok(calls.includes(call), `${call} is missing`);
});

test('the page of the description works under its own content security policy', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${server.url}/docs`);
    await page.getByText('Send a message').first().waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
});
