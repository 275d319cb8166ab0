import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import {
  ask,
  newNonce,
  ON_CLUSTER,
  openLine,
  type Person,
  register,
  StartFailed,
  startRedis,
  startServer,
  startServerProcess,
  until,
} from '@rill/harness';
import type { Cursor, RoomId } from '@rill/protocol';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rill-life-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const cursorOf = async (person: Person, room: RoomId): Promise<Cursor> => {
  const { rev, epoch } = await person.page(room);
  return { rev, epoch };
};

/** What a connection that comes back with a cursor is told of the room before anything new: nothing, or `resync`. */
async function comeBack(person: Person, url: string, room: RoomId, cursor: Cursor) {
  const line = await openLine(url);
  await line.hello(person.token, { [room]: cursor });
  const marker = await person.at(url).say(room, 'a marker');
  const first = await Promise.race([
    line.take('resync', (frame) => frame.room === room),
    line.take('event', (frame) => frame.rev === marker.rev),
  ]);
  await line.close();
  return first;
}

describe('a start', { skip: ON_CLUSTER }, () => {
  test('a wrong setting stops it with a sentence that names it', async () => {
    await assert.rejects(
      startServerProcess({ env: { LIMIT_MESSAGE_LENGHT: '5', APPENDFSYNC: 'sometimes' } }),
      (error) =>
        error instanceof StartFailed &&
        /APPENDFSYNC must be one of always, everysec \(it is "sometimes"\)\./.test(error.message) &&
        /LIMIT_MESSAGE_LENGHT is no limit/.test(error.message) &&
        !/ at .*\.ts:/.test(error.message),
    );
  });

  test('a second server on the same data is refused, and the first goes on', async (t) => {
    const server = await startServerProcess();
    t.after(server.stop);
    await assert.rejects(
      startServerProcess({ dataDir: server.dataDir }),
      new RegExp(`${server.dataDir} is in use by another server \\(process ${server.pid()}`),
    );
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  });

  test('a taken port is said so', async (t) => {
    const server = await startServerProcess();
    t.after(server.stop);
    const { port } = new URL(server.url);
    await assert.rejects(
      startServerProcess({ env: { PORT: port } }),
      new RegExp(`PORT ${port} on 127\\.0\\.0\\.1 is taken`),
    );
  });

  test('a folder that cannot be used, an address that is none, a Redis that is not there: each is said so', async (t) => {
    const at = await folder(t);
    const file = join(at, 'file');
    await writeFile(file, '');
    // As in a folder of somebody else, the lock cannot be had.
    const locked = join(at, 'locked');
    await mkdir(join(locked, 'lock'), { recursive: true });
    const cases: [Record<string, string>, RegExp][] = [
      [{ DATA_DIR: join(file, 'data') }, /DATA_DIR \S+ cannot be used: ENOTDIR/],
      [{ DATA_DIR: locked }, /DATA_DIR \S+ cannot be used: .*let this user write there\./],
      [{ HOST: 'host.invalid' }, /HOST host\.invalid cannot be listened on \(E\w+\)\./],
      [{ HOST: 'host.invalid', WORKERS: '2' }, /HOST host\.invalid cannot be listened on \(E\w+\)\./],
      [{ HOST: '192.0.2.1' }, /HOST 192\.0\.2\.1 is no address of this machine\./],
      [{ REDIS_URL: 'unix:///nowhere/redis.sock' }, /Redis does not answer \(.*ENOENT.*\): check REDIS_URL/],
    ];
    await Promise.all(
      cases.map(([env, says]) =>
        assert.rejects(startServerProcess({ env }), (error) => {
          assert.ok(error instanceof StartFailed);
          assert.match(error.message, says);
          assert.doesNotMatch(error.message, /"level"| at .*\.ts:/);
          return true;
        }),
      ),
    );
  });

  test('a Redis that cannot keep the promises is refused, by what is wrong with it', async (t) => {
    const evicting = await startRedis({ settings: { 'maxmemory-policy': 'allkeys-lru' } });
    t.after(evicting.stop);
    await assert.rejects(startServer({ env: { REDIS_URL: evicting.url } }), /set it to noeviction/);
    const replica = await startRedis({ settings: { replicaof: '127.0.0.1 1' } });
    t.after(replica.stop);
    await assert.rejects(startServer({ env: { REDIS_URL: replica.url } }), /replica/);
  });

  test('the durability of a Redis of one’s own is told', async (t) => {
    const redis = await startRedis({ appendfsync: 'everysec' });
    t.after(redis.stop);
    const server = await startServer({ env: { REDIS_URL: redis.url } });
    t.after(server.stop);
    const { checks } = (await (await fetch(`${server.url}/readyz`)).json()) as {
      checks: { name: string; detail?: string }[];
    };
    assert.match(checks.find(({ name }) => name === 'durability')?.detail ?? '', /everysec: a power cut loses/);
  });

  test('another SECRET and a newer layout of the data are refused', async (t) => {
    const redis = await startRedis();
    t.after(redis.stop);
    const first = await startServer({ env: { REDIS_URL: redis.url, SECRET: 'a'.repeat(32) } });
    await first.stop();
    await assert.rejects(startServer({ env: { REDIS_URL: redis.url, SECRET: 'b'.repeat(32) } }), /another SECRET/);
    await redis.client().hset('{server}', 'schema', 99);
    await assert.rejects(startServer({ env: { REDIS_URL: redis.url, SECRET: 'a'.repeat(32) } }), /layout 99/);
  });
});

describe('a stop', { skip: ON_CLUSTER }, () => {
  test('P1 sends in flight finish, sockets are told to come back, Redis goes last', async (t) => {
    const server = await startServerProcess();
    t.after(server.stop);
    const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
    const { id: room } = await owner.makeRoom();
    const line = await owner.live();
    const redisPid = Number(await readFile(join(server.dataDir, 'redis', 'redis.pid'), 'utf8'));
    const sends = Array.from({ length: 10 }, (_, at) =>
      line.ack({ type: 'send', room, nonce: newNonce(), text: `${at}` }),
    );
    const [first] = sends;
    await first;
    const code = server.stop();
    const { code: closing, reason } = await line.closed;
    assert.equal(closing, 1012);
    assert.match(reason, /^restart wait=\d+$/);
    assert.deepEqual(
      (await Promise.all(sends)).map(({ message }) => message?.kind),
      Array(10).fill('text'),
    );
    assert.equal(await code, 0);
    assert.throws(() => process.kill(redisPid, 0), { code: 'ESRCH' });
  });

  test('a connection that was opened and never written to does not hold it up', { timeout: 40_000 }, async () => {
    const server = await startServer();
    // A browser opens such ones ahead of need; a request first, so that this one is known to have been accepted.
    const opened = connect(server.port, '127.0.0.1');
    await once(opened, 'connect');
    await ask(server.url, 'GET', '/server');
    const ended = once(opened, 'close');
    await Promise.all([server.stop(), ended]);
  });

  test('Redis does not outlive a server that was killed', async (t) => {
    const server = await startServerProcess();
    t.after(server.stop);
    const redisPid = Number(await readFile(join(server.dataDir, 'redis', 'redis.pid'), 'utf8'));
    await server.kill();
    await until('Redis is gone', () => {
      try {
        return !process.kill(redisPid, 0);
      } catch {
        return true;
      }
    });
  });
});

describe('what a restart means for clients', { skip: ON_CLUSTER }, () => {
  test('P4 a cursor holds over an ordinary restart and over kill -9', async (t) => {
    const server = await startServerProcess();
    t.after(server.stop);
    const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
    const { id: room } = await owner.makeRoom();
    await owner.say(room, 'before');
    const cursor = await cursorOf(owner, room);
    await server.kill('SIGTERM');
    await server.restart();
    assert.equal((await comeBack(owner, server.url, room, cursor)).type, 'event');
    await server.kill('SIGKILL');
    await server.restart();
    assert.equal((await comeBack(owner, server.url, room, cursor)).type, 'event');
  });

  test('P4 data from an older copy begin a new epoch, and cursors of the time after it are told to load anew', async (t) => {
    const [dataDir, copy] = [await folder(t), await folder(t)];
    const first = await startServer({ dataDir });
    const owner = await first.owner();
    const { id: room } = await owner.makeRoom();
    await owner.say(room, 'in the copy');
    await first.stop();
    await cp(dataDir, copy, { recursive: true });
    const second = await startServer({ dataDir });
    await owner.at(second.url).say(room, 'lost with the restore');
    const cursor = await cursorOf(owner.at(second.url), room);
    await second.stop();
    const restored = await startServer({ dataDir: copy });
    t.after(restored.stop);
    assert.equal((await comeBack(owner, restored.url, room, cursor)).type, 'resync');
  });
});

describe('a Redis that goes away under a server', { skip: ON_CLUSTER }, () => {
  test('P1 P4 is answered with 503, started again, and events go on over the sockets that were open', async (t) => {
    const server = await startServer();
    t.after(server.stop);
    const owner = await server.owner();
    const { id: room } = await owner.makeRoom();
    const line = await owner.live();
    process.kill(server.redisPid(), 'SIGKILL');
    await until('it is noticed', async () => {
      const { status, headers } = await owner.ask('POST', `/rooms/${room}/messages`, { nonce: newNonce(), text: 'x' });
      if (status === 201) return false;
      assert.equal(status, 503);
      assert.ok(Number(headers.get('retry-after')) >= 1);
      return true;
    });
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    const nonce = newNonce();
    await until('it is back', async () => {
      const { status } = await owner.ask('POST', `/rooms/${room}/messages`, { nonce, text: 'after' });
      return status === 201 || status === 200;
    });
    await line.take(
      'event',
      ({ event }) => event.kind === 'message.sent' && 'text' in event.message && event.message.text === 'after',
    );
    await until('ready', async () => (await fetch(`${server.url}/readyz`)).status === 200);
  });

  test('P1 two servers on one Redis are one chat', async (t) => {
    const redis = await startRedis();
    t.after(redis.stop);
    const env = { REDIS_URL: redis.url, SECRET: 's'.repeat(32) };
    const [one, two] = await Promise.all([startServer({ env }), startServer({ env })]);
    t.after(() => Promise.all([one.stop(), two.stop()]));
    const owner = await one.owner();
    const ann = (await register(two.url)).at(two.url);
    const { id: room } = await owner.makeRoom({ members: [ann.id] });
    const line = await ann.live();
    const { seq } = await owner.say(room, 'over there');
    await line.take('event', ({ event }) => event.kind === 'message.sent' && event.message.seq === seq);
    const nonce = newNonce();
    const both = await Promise.all([owner.say(room, 'twice', nonce), owner.at(two.url).say(room, 'twice', nonce)]);
    assert.equal(both[0].seq, both[1].seq);
    await owner.delete(`/rooms/${room}/members/${ann.id}`);
    await line.take('event', ({ event }) => event.kind === 'member.left');
    assert.equal((await ann.ask('GET', `/rooms/${room}/messages`)).status, 404);
    await ann.at(one.url).post('/logout');
    assert.equal((await line.closed).code, 4401);
    assert.equal((await ask(two.url, 'GET', '/me', undefined, ann.token)).status, 401);
  });
});
