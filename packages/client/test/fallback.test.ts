import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { type Client, createClient, memoryStore, type Store } from '@rill/client';
import { startServer, type TestServer } from '@rill/harness';
import { live, PASSWORD, reads } from './contract/scenarios.ts';
import { comes } from './people.ts';

let server: TestServer;
const ends: (() => Promise<unknown>)[] = [];
before(async () => {
  server = await startServer({ env: { LIMIT_PING_SECONDS: '1', LIMIT_PONG_SECONDS: '2' } });
  await server.owner({ username: 'ann', password: PASSWORD });
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
after(() => server.stop());

interface Middle {
  readonly url: string;
  /** What was asked for a live line, in order. */
  readonly lines: string[];
}

/** An HTTP proxy as offices have them: requests go through; what happens to upgrades is the test's. */
async function startMiddle(upgrade?: (raw: IncomingMessage, near: Socket) => void): Promise<Middle> {
  const lines: string[] = [];
  const proxy: Server = createServer((near, answer) => {
    const { upgrade: _, connection: __, ...headers } = near.headers;
    if (near.url?.endsWith('/live')) lines.push('webSocket');
    if (near.url?.endsWith('/live/events')) lines.push('eventStream');
    const far = request(
      { host: '127.0.0.1', port: server.port, method: near.method, path: near.url, headers },
      (told) => {
        answer.writeHead(told.statusCode ?? 502, told.headers);
        told.pipe(answer).on('error', () => {});
        told.on('error', () => answer.destroy());
      },
    );
    far.on('error', () => answer.destroy());
    answer.on('close', () => far.destroy());
    near.pipe(far);
  });
  if (upgrade !== undefined) {
    proxy.on('upgrade', (raw, near: Socket) => {
      lines.push('webSocket');
      near.on('error', () => {});
      upgrade(raw, near);
    });
  }
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  ends.push(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await once(proxy, 'close');
  });
  const address = proxy.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, lines };
}

async function enter(url: string, store: Store = memoryStore()): Promise<Client> {
  const client = createClient({ url, store });
  ends.unshift(() => client.close());
  await client.start();
  await client.session.login({ username: 'ann', password: PASSWORD });
  await live(client);
  return client;
}

/** It sends, and hears what others send. */
async function works(client: Client): Promise<void> {
  const direct = await enter(server.url);
  const { id } = await direct.rooms.create({ kind: 'closed', name: 'Through' });
  await comes(client.rooms, () => client.rooms.get(id) !== undefined);
  const [here, there] = [client.room(id), direct.room(id)];
  here.open();
  there.open();
  here.send('over requests');
  await reads(there, ['over requests']);
  there.send('over a stream');
  await reads(here, ['over requests', 'over a stream']);
}

const TWICE = ['webSocket', 'webSocket', 'eventStream'];

test('a proxy that takes upgrades for plain requests: the client works, and its device remembers', async () => {
  const { url, lines } = await startMiddle();
  const store = memoryStore();
  const client = await enter(url, store);
  assert.deepEqual(lines, TWICE);
  await works(client);
  await client.close();
  const again = createClient({ url, store, token: client.session.token() ?? '' });
  ends.unshift(() => again.close());
  await again.start();
  await live(again);
  assert.deepEqual(lines, [...TWICE, 'eventStream'], 'WebSockets are not tried again the same day');
});

test('a proxy that resets upgrades: the client works', async () => {
  const { url, lines } = await startMiddle((_raw, near) => near.resetAndDestroy());
  const client = await enter(url);
  assert.deepEqual(lines, TWICE);
  await works(client);
});

test('a proxy that opens WebSockets and cuts them before a word comes through: the client works', async () => {
  const { url, lines } = await startMiddle((raw, near) => {
    const far = connect(server.port, '127.0.0.1', () => {
      far.write(
        `GET ${raw.url} HTTP/1.1\r\n${raw.rawHeaders.map((each, at) => (at % 2 ? `${each}\r\n` : `${each}: `)).join('')}\r\n`,
      );
    });
    far.on('error', () => {});
    far.once('data', (answer) => {
      near.write(answer);
      near.once('data', () => near.destroy());
      far.destroy();
    });
  });
  const client = await enter(url);
  assert.deepEqual(lines, TWICE);
  await works(client);
});

test('a stream that only hears stays alive: the server asks, and the client answers', async () => {
  const { url, lines } = await startMiddle();
  const client = await enter(url);
  const direct = await enter(server.url);
  const { id } = await direct.rooms.create({ kind: 'closed', name: 'Chatter' });
  const until = performance.now() + 5_000;
  // Longer than an unanswered ping would be forgiven, and never so quiet that the client asks by itself.
  while (performance.now() < until) {
    direct.room(id).send('on and on');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.equal(client.connection.snapshot().name, 'live');
  assert.deepEqual(lines, TWICE);
});

test('where WebSockets go through, nothing else is tried', async () => {
  const { url, lines } = await startMiddle((raw, near) => {
    const far = connect(server.port, '127.0.0.1', () => {
      far.write(
        `GET ${raw.url} HTTP/1.1\r\n${raw.rawHeaders.map((each, at) => (at % 2 ? `${each}\r\n` : `${each}: `)).join('')}\r\n`,
      );
      far.pipe(near).pipe(far);
    });
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  const client = await enter(url);
  await works(client);
  assert.deepEqual(lines, ['webSocket']);
});
