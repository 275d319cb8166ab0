import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from '@rill/client';
import { startServer } from '@rill/harness';
import { comes, said } from './people.ts';

const DOCS = new URL('../../../docs/sdk.md', import.meta.url);
const PASSWORD = 'polly wants a long password';

test('the program in docs/sdk.md answers, on a real server', async () => {
  const [, program] = /```ts\n(.+?)```/s.exec(await readFile(DOCS, 'utf8')) ?? [];
  assert.ok(program);
  const server = await startServer();
  const { token } = await server.owner();
  await server.person({ username: 'parrot', password: PASSWORD });
  const client = createClient({ url: server.url, token });
  await client.start();
  const { id } = await client.rooms.create({ kind: 'open', name: 'Birds' });
  const room = client.room(id);
  room.open();
  // Beside this file, so that it finds the package by its name.
  const file = fileURLToPath(new URL(`./example-${process.pid}.ts`, import.meta.url));
  await writeFile(file, program);
  const example = spawn(process.execPath, [file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, RILL_URL: server.url, RILL_PASSWORD: PASSWORD },
  });
  try {
    await comes(client.rooms, () => client.rooms.get(id)?.members === 2);
    room.send('ping');
    await comes(room.timeline, () => said(room).join() === 'ping,pong');
    room.send('ping');
    await comes(room.timeline, () => said(room).join() === 'ping,pong,ping,pong');
    assert.equal(example.exitCode, null, 'it is still there');
  } finally {
    example.kill();
    if (example.exitCode === null && example.signalCode === null) await once(example, 'exit');
    await rm(file);
    await client.close();
    await server.stop();
  }
});
