import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ask,
  newNonce,
  openLine,
  type Person,
  signIn,
  startCluster,
  startServer,
  type TestCluster,
  type TestServer,
  until,
} from '@rill/harness';
import type { Audit, Message, NewInvite, Nonce, RoomId, SignedIn, Users } from '@rill/protocol';
import { filesWith, gone } from './files-with.ts';

const SECRET = 'one secret for every node of this server';
const LOOSE = { LIMIT_SENDS_PER_SECOND: '100000', LIMIT_SEND_BURST: '100000', LIMIT_ROOM_SENDS_PER_SECOND: '100000' };

interface Said {
  readonly nonce: Nonce;
  readonly text: string;
  readonly seq: number;
}

/** Says one thing after the other until it is stopped; each again with its nonce until it is acknowledged. */
function talk(
  person: Person,
  room: RoomId,
): { stop(): Promise<Said[]>; readonly said: Said[]; readonly longestMs: () => number } {
  const said: Said[] = [];
  let stopped = false;
  let longestMs = 0;
  const talking = (async () => {
    for (let at = 0; !stopped; at += 1) {
      const nonce = newNonce();
      const text = `${person.username} ${at}`;
      const since = performance.now();
      for (let status = 0; status !== 200 && status !== 201; ) {
        const answer = await person.ask('POST', `/rooms/${room}/messages`, { nonce, text });
        status = answer.status;
        if (status === 200 || status === 201) said.push({ nonce, text, seq: (answer.body as Message).seq });
        else {
          assert.equal(status, 503, JSON.stringify(answer.body));
          assert.ok(answer.headers.get('retry-after'));
          await sleep(50);
        }
      }
      longestMs = Math.max(longestMs, performance.now() - since);
    }
  })();
  return {
    said,
    longestMs: () => longestMs,
    async stop() {
      stopped = true;
      await talking;
      return said;
    },
  };
}

async function wholeLog(person: Person, room: RoomId): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { messages, seq } = await person.page(room, `?after=${all.at(-1)?.seq ?? 0}&limit=200`);
    all.push(...messages);
    if (all.at(-1)?.seq === seq || messages.length === 0) return all;
  }
}

describe('a Redis Cluster', () => {
  let cluster: TestCluster;
  let one: TestServer;
  let two: TestServer;
  let owner: Person;
  let ann: Person;

  before(async () => {
    cluster = await startCluster();
    const env = { ...LOOSE, REDIS_CLUSTER: cluster.hosts, SECRET };
    [one, two] = await Promise.all([startServer({ env }), startServer({ env })]);
    owner = await one.owner();
    ann = (await one.person({ username: 'ann' })).at(two.url);
  });
  after(async () => {
    await Promise.all([one?.stop(), two?.stop()]);
    await cluster?.stop();
  });

  async function room(): Promise<RoomId> {
    return (await owner.makeRoom({ members: [ann.id] })).id;
  }
  const tagOf = (id: RoomId) => `{p${id.slice(0, 2)}}`;

  /** Both talk while `fault` happens; then everything that was acknowledged is there once, in one order, on both nodes. */
  async function under(t: TestContext, id: RoomId, fault: () => Promise<unknown>): Promise<void> {
    const line = await ann.live();
    const talks = [talk(owner, id), talk(ann, id)];
    await until('they talk', () => talks.every(({ said }) => said.length > 20), 30_000);
    await fault();
    const counts = talks.map(({ said }) => said.length);
    await until('they go on', () => talks.every(({ said }, at) => said.length > (counts[at] ?? 0) + 20), 30_000);
    const said = (await Promise.all(talks.map((each) => each.stop()))).flat();
    t.diagnostic(
      `${said.length} acknowledged, the slowest after ${Math.round(Math.max(...talks.map((each) => each.longestMs())))} ms`,
    );

    const log = await wholeLog(owner, id);
    assert.deepEqual(
      log.map(({ seq }) => seq),
      log.map((_, at) => at + 1),
      'no hole',
    );
    assert.deepEqual((await wholeLog(ann, id)).map(forAnybody), log.map(forAnybody), 'one order');
    const texts = log.flatMap((message) => (message.kind === 'text' && 'text' in message ? [message.text] : []));
    assert.equal(new Set(texts).size, texts.length, 'nothing twice');
    for (const { text, seq } of said) {
      const message = log[seq - 1];
      assert.ok(
        message?.kind === 'text' && 'text' in message && message.text === text,
        `acknowledged as ${seq}: ${text}`,
      );
    }

    const marker = await owner.say(id, 'after it all');
    await Promise.race([
      line.take('event', ({ event }) => event.kind === 'message.sent' && event.message.seq === marker.seq),
      line.closed.then(() => assert.fail('the socket was closed')),
    ]);
    await line.close();
  }

  test('P3 is one chat over two nodes: events, removals, revocations', async () => {
    const id = await room();
    const line = await ann.live();
    const { seq } = await owner.say(id, 'over there');
    await line.take('event', ({ event }) => event.kind === 'message.sent' && event.message.seq === seq);
    await owner.delete(`/rooms/${id}/members/${ann.id}`);
    await line.take('event', ({ event }) => event.kind === 'member.left');
    assert.equal((await ann.ask('GET', `/rooms/${id}/messages`)).status, 404);
    const again = await ann.again();
    const other = await again.at(one.url).live();
    await again.post('/logout');
    assert.equal((await other.closed).code, 4401);
    await line.close();
  });

  test('P7 accounts, whose keys lie on different masters, are as on one Redis', async (t) => {
    const env = { ...LOOSE, REDIS_CLUSTER: cluster.hosts, SECRET, REGISTRATION: 'invite' };
    const door = await startServer({ env });
    t.after(() => door.stop());
    const { code } = await owner.post<NewInvite>('/invites', { uses: 2 });
    const body = { password: 'correct-zebra-lantern-58', code };
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        ask(door.url, 'POST', '/register', { ...body, username: at % 2 ? 'Guest' : `guest-${at}` }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201).map((each) => (each.body as SignedIn).user.username);
    assert.equal(made.length, 2);
    const { users } = await ann.get<Users>('/users?q=guest');
    assert.deepEqual(users.map(({ username }) => username).sort(), made.sort());
    const guest = await signIn(two.url, made[0] ?? '', body.password);
    const line = await guest.live();
    await owner.patch(`/users/${guest.id}`, { status: 'disabled' });
    assert.equal((await guest.ask('GET', '/me')).status, 401);
    assert.equal((await line.closed).code, 4401);
    const { entries } = await owner.get<Audit>('/audit?limit=1');
    assert.deepEqual(
      entries.map(({ act, target }) => [act, target]),
      [['user.disabled', guest.id]],
    );
  });

  test('P1 P2 P4 a master that is killed takes nothing acknowledged along, and begins a new epoch', async (t) => {
    const id = await room();
    const { rev, epoch } = await owner.page(id);
    const victim = await cluster.masterOf(tagOf(id));
    await under(t, id, async () => {
      await victim.server.kill();
      // Its replica takes over, and has no replica itself until the killed one is back as its own.
      await until('another is master', async () => (await cluster.masterOf(tagOf(id))) !== victim, 30_000);
      await victim.server.restart();
    });
    const line = await openLine(two.url);
    await line.hello(owner.token, { [id]: { rev, epoch } });
    await line.take('resync', (frame) => frame.room === id);
    await line.close();
    await cluster.whole();
  });

  test('P1 P2 a failover by hand loses nothing', async (t) => {
    const id = await room();
    await under(t, id, async () => {
      const master = await cluster.masterOf(tagOf(id));
      const port = Number(/slave0:ip=[^,]+,port=(\d+)/.exec(await master.client.info('replication'))?.[1]);
      const copy = cluster.nodes.find((node) => node.port === port);
      assert.ok(copy);
      let askedAt = 0;
      await until(
        'the other is master',
        async () => {
          if ((await cluster.masterOf(tagOf(id))) === copy) return true;
          // Redis gives a failover by hand up after 5 s, and a busy machine may need longer; it does not try again itself.
          if (Date.now() - askedAt > 6_000) {
            askedAt = Date.now();
            await copy.client.cluster('FAILOVER');
          }
          return false;
        },
        40_000,
      );
    });
    await cluster.whole();
  });

  test('P1 P2 P4 a slot that moves under load loses nothing and leaves nothing half done', async (t) => {
    const id = await room();
    const from = await cluster.masterOf(tagOf(id));
    let to = from;
    for (const node of cluster.nodes) if (node !== from && (await node.role()) === 'master') to = node;
    const slot = Number(await from.client.cluster('KEYSLOT', tagOf(id)));
    const [fromId, toId] = [String(await from.client.cluster('MYID')), String(await to.client.cluster('MYID'))];
    await under(t, id, async () => {
      await to.client.cluster('SETSLOT', slot, 'IMPORTING', fromId);
      await from.client.cluster('SETSLOT', slot, 'MIGRATING', toId);
      await sleep(200);
      for (;;) {
        const keys = await from.client.cluster('GETKEYSINSLOT', slot, 3);
        if (keys.length === 0) break;
        await from.client.call('MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'KEYS', ...keys);
        await sleep(20);
      }
      for (const { client } of [to, from]) await client.cluster('SETSLOT', slot, 'NODE', toId);
      for (const node of cluster.nodes) {
        if ((await node.role()) === 'master') await node.client.cluster('SETSLOT', slot, 'NODE', toId);
      }
    });
    await cluster.whole();
  });

  test('P1 a master whose replica is away acknowledges nothing, and the same nonce is stored once', async () => {
    const id = await room();
    const master = await cluster.masterOf(tagOf(id));
    const port = Number(/slave0:ip=[^,]+,port=(\d+)/.exec(await master.client.info('replication'))?.[1]);
    const copy = cluster.nodes.find((node) => node.port === port);
    assert.ok(copy);
    process.kill(copy.server.pid(), 'SIGSTOP');
    const nonce = newNonce();
    const { status, body } = await owner.ask('POST', `/rooms/${id}/messages`, { nonce, text: 'who has it?' });
    process.kill(copy.server.pid(), 'SIGCONT');
    assert.equal(status, 503);
    assert.equal((body as { code: string }).code, 'outcome_unknown');
    await cluster.whole();
    await until(
      'it is acknowledged',
      async () => (await owner.ask('POST', `/rooms/${id}/messages`, { nonce, text: 'who has it?' })).status < 300,
    );
    assert.equal((await wholeLog(owner, id)).filter((message) => message.kind === 'text').length, 1);
  });

  test('P1 a master that sleeps past its time-out and wakes loses nothing', async (t) => {
    const id = await room();
    const master = await cluster.masterOf(tagOf(id));
    await under(t, id, async () => {
      process.kill(master.server.pid(), 'SIGSTOP');
      await sleep(6_000);
      process.kill(master.server.pid(), 'SIGCONT');
    });
    await cluster.whole();
  });

  test('P6 what was recalled is gone from the files of every master and every replica', async () => {
    const id = await room();
    const text = `cnry-${'0123456789abcdef'.repeat(2)}`;
    const { seq } = await owner.say(id, text);
    await until('a replica has it on disk as well', async () => (await filesWith(cluster.folder, text)).length >= 2);
    await owner.post(`/rooms/${id}/messages/${seq}/recall`);
    await one.erase();
    await gone(cluster.folder, text);
  });

  test('functions that are gone are loaded again on every master', async () => {
    const id = await room();
    for (const node of cluster.nodes) if ((await node.role()) === 'master') await node.client.function('FLUSH');
    await owner.say(id, 'still here');
    await until('ready', async () => (await fetch(`${one.url}/readyz`)).status === 200);
  });
});

/** An author is told until when a recall is possible; nobody else is. */
function forAnybody(message: Message): Message {
  if (message.kind !== 'text' || !('recallUntil' in message)) return message;
  const { recallUntil: _, ...others } = message;
  return others;
}
