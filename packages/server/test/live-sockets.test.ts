import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Line, type Person, until } from '@rill/harness';
import { LIMITS, type UserId } from '@rill/protocol';
import { Person as Here } from '../src/live/person.ts';
import { createSocketCounts } from '../src/live/socket-counts.ts';
import type { SocketNote } from '../src/store/user-sockets.ts';
import { type Nodes, startNodes } from './live-nodes.ts';
import { openRaw } from './raw-socket.ts';

const MOST = 4;

describe('T37 the sockets of a user over two nodes', () => {
  let nodes: Nodes;
  before(async () => {
    nodes = await startNodes({ LIMIT_SOCKETS_PER_USER: String(MOST) });
    await nodes.one.owner();
  });
  after(() => nodes?.stop());

  async function refusedAt(port: number, person: Person): Promise<void> {
    const raw = await openRaw(port);
    raw.text(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
    const error = await raw.json((frame) => frame.type === 'error');
    assert.equal(error.code, 'too_many_sockets');
    assert.ok(Number(error.retryAfterMs) > 0);
    assert.equal(await raw.closed, 1013);
  }
  const noted = async (person: Person) =>
    Object.values(await nodes.redis.client().hgetall(`{u:${person.id}}:sockets`))
      .map((row) => Number(row.split(' ')[0]))
      .sort();

  test('one more than the limit is refused wherever it comes, and has a place when another goes', async () => {
    const person = await nodes.one.person();
    const there = person.at(nodes.two.url);
    const [first, ...lines] = [await person.live(), await there.live(), await person.live(), await there.live()];
    await refusedAt(nodes.one.port, person);
    await refusedAt(nodes.two.port, person);
    await until('the refused are not counted', async () => (await noted(person)).join() === '2,2');
    await first?.close();
    await until('its place is free', async () => (await noted(person)).join() === '1,2');
    const next = await there.live();
    await refusedAt(nodes.one.port, person);
    await Promise.all([...lines, next].map((line) => line.close()));
    await until('nothing is left of it', async () => (await noted(person)).length === 0);
  });

  test('as many as come at once over both nodes, never more than the limit', async () => {
    const person = await nodes.one.person();
    const there = person.at(nodes.two.url);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 * MOST }, (_, at) => (at % 2 ? person : there).live()),
    );
    const lines = tries.flatMap((each): Line[] => (each.status === 'fulfilled' ? [each.value] : []));
    assert.ok(lines.length <= MOST, `${lines.length}`);
    await Promise.all(lines.map((line) => line.close()));
  });

  test('a node that fell silent is counted for a while and then no more', async () => {
    const person = await nodes.one.person();
    const key = `{u:${person.id}}:sockets`;
    await nodes.redis.client().hset(key, 'elsewhere', `${MOST} ${Date.now() + 60_000}`);
    await refusedAt(nodes.one.port, person);
    await nodes.redis.client().hset(key, 'elsewhere', `${MOST} ${Date.now() - 1}`);
    const line = await person.live();
    assert.deepEqual(await noted(person), [1]);
    const left = await nodes.redis.client().pttl(key);
    assert.ok(left > 0 && left <= 150_000, 'it ends by itself');
    await line.close();
  });
});

test('what a node has is noted again before it would no longer be counted', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const notes: SocketNote[] = [];
  let now = 0;
  const user = 'aaaaaaaaaa' as UserId;
  const person = new Here(user, { load: async () => undefined, onAsked: () => {}, onFault: () => {} });
  const counts = createSocketCounts({
    store: {
      async note(_user, note) {
        notes.push(note);
        return true;
      },
    },
    people: { find: () => person },
    limits: LIMITS,
    clock: { now: () => now },
  });
  t.after(counts.stop);
  const connection = { close: () => {}, tell: () => {}, who: {} as never, session: 'a' as never };
  person.add(connection);
  await counts.enter(person);
  for (let at = 0; at < 600; at += 1) {
    now += 1_000;
    t.mock.timers.tick(1_000);
  }
  assert.ok(notes.every(({ count, holdsMs }) => count === 1 && holdsMs > 2 * 60_000));
  assert.ok(notes.length >= 10 && notes.length <= 21, `${notes.length}`);
  person.remove(connection);
  counts.leave(user);
  assert.equal(notes.at(-1)?.count, 0);
  const before = notes.length;
  now += 600_000;
  t.mock.timers.tick(600_000);
  assert.equal(notes.length, before, 'nobody is here');
});
