import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Client, createClient } from '@rill/client';
import { ON_CLUSTER, type Person, register, type ServerProcess, startServerProcess, until } from '@rill/harness';
import type { Message, Nonce, RoomId } from '@rill/protocol';

const ROUNDS = 3;
const PEOPLE = 12;
const EACH = 50;
const PATIENCE_MS = 60_000;

const LOOSE = {
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
  LIMIT_REQUESTS_PER_MINUTE: '1000000',
  LIMIT_PENDING_SOCKETS_PER_ADDRESS: '1000',
};

/** Comes back sooner than a client in a crowd should. */
const hasty = () => Math.random() / 8;

/** One of the people, and what the client has told of each message by now. */
interface Sender {
  readonly person: Person;
  readonly client: Client;
  readonly sent: Map<Nonce, string>;
  /** Messages of which the client has heard that they are stored. */
  readonly acknowledged: Set<Nonce>;
}

async function enter(person: Person, room: RoomId): Promise<Sender> {
  const client = createClient({ url: person.url, token: person.token, auth: 'token', loaded: 100_000, random: hasty });
  const sender: Sender = { person, client, sent: new Map(), acknowledged: new Set() };
  client.outbox.subscribe(() => {
    const open = new Set(client.outbox.snapshot().items.flatMap((item) => (item.state === 'sent' ? [] : [item.id])));
    for (const nonce of sender.sent.keys()) if (!open.has(nonce)) sender.acknowledged.add(nonce);
  });
  await client.start();
  client.room(room).open();
  await until('the client is live', () => client.connection.snapshot().name === 'live');
  return sender;
}

async function wholeLog(person: Person, room: RoomId): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { messages, seq } = await person.page(room, `?after=${all.at(-1)?.seq ?? 0}&limit=200`);
    all.push(...messages);
    if (all.at(-1)?.seq === seq || messages.length === 0) return all;
  }
}

async function killRedis(server: ServerProcess): Promise<void> {
  process.kill(Number(await readFile(join(server.dataDir, 'redis', 'redis.pid'), 'utf8')), 'SIGKILL');
}

test('P1 P2 P3 what was acknowledged survives kill -9 of Redis and of the server, and is there once, in one order', {
  skip: ON_CLUSTER,
}, async (t) => {
  const server = await startServerProcess({ env: LOOSE });
  t.after(() => server.stop());
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const people = [owner];
  while (people.length < PEOPLE) people.push(await register(server.url));
  const { id: room } = await owner.makeRoom({ members: people.slice(1).map(({ id }) => id) });
  const senders = await Promise.all(people.map((person) => enter(person, room)));
  t.after(() => Promise.all(senders.map(({ client }) => client.close())));
  const acknowledged = () => senders.reduce((sum, each) => sum + each.acknowledged.size, 0);

  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = acknowledged();
    for (let at = 0; at < EACH; at += 1) {
      for (const { client, sent } of senders) {
        const text = `round ${round} message ${at} ${'·'.repeat(at)}`;
        sent.set(client.room(room).send(text), text);
      }
    }
    await until('some are stored', () => acknowledged() > before + 150, PATIENCE_MS);
    await killRedis(server);
    await until('it goes on', () => acknowledged() > before + 500, PATIENCE_MS);
    const known = new Map(senders.flatMap((each) => [...each.acknowledged].map((nonce) => [nonce, each] as const)));
    await server.kill();
    await server.restart();
    const texts = new Map<string, number>();
    for (const message of await wholeLog(owner, room)) {
      if (message.kind !== 'text' || !('text' in message)) continue;
      const key = `${message.author} ${message.text}`;
      texts.set(key, (texts.get(key) ?? 0) + 1);
    }
    for (const [nonce, { person, sent }] of known) {
      assert.equal(texts.get(`${person.id} ${sent.get(nonce)}`), 1, 'an acknowledged message is there once');
    }
    await until('all are stored', () => acknowledged() === round * PEOPLE * EACH, PATIENCE_MS);
  }

  const log = await wholeLog(owner, room);
  assert.deepEqual(
    log.map(({ seq }) => seq),
    log.map((_, at) => at + 1),
    'no number is missing',
  );
  const said = log.flatMap((message) => (message.kind === 'text' && 'text' in message ? [message] : []));
  assert.equal(said.length, ROUNDS * PEOPLE * EACH);
  assert.equal(new Set(said.map(({ author, text }) => `${author} ${text}`)).size, said.length, 'each is there once');

  const bySeq = new Map(said.map((message) => [message.seq, message]));
  for (const { client } of senders) {
    const { timeline } = client.room(room);
    await until('the timeline is at the head', () => timeline.snapshot().last === log.length, PATIENCE_MS);
    const items = timeline.snapshot().items.flatMap((item) => (item.kind === 'message' ? [item] : []));
    assert.ok(items.length > 0);
    assert.equal(new Set(items.map(({ seq }) => seq)).size, items.length);
    for (const { seq, message } of items) {
      if (message.kind === 'text' && 'text' in message) assert.equal(message.text, bySeq.get(seq)?.text);
    }
  }
});
