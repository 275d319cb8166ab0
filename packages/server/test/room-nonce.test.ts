import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  newNonce,
  ON_CLUSTER,
  type Person,
  register,
  startCluster,
  startRedis,
  startServer,
  startServerProcess,
  type TestServer,
} from '@rill/harness';
import type { OpenRooms, Room, Rooms } from '@rill/protocol';

const SECRET = 'rooms are made once on every node of it';
const REPEATS = 50;

/** Two nodes on one Redis of some kind, and two people, each on another node. */
interface World {
  readonly owner: Person;
  readonly ann: Person;
  stop(): Promise<void>;
}

const KINDS: Readonly<Record<string, () => Promise<{ env: Record<string, string>; stop: () => Promise<void> }>>> = {
  'one Redis': async () => {
    const redis = await startRedis();
    return { env: { REDIS_URL: redis.url }, stop: () => redis.stop() };
  },
  'a Redis Cluster': async () => {
    const cluster = await startCluster();
    return { env: { REDIS_CLUSTER: cluster.hosts }, stop: () => cluster.stop() };
  },
};

async function startWorld(kind: keyof typeof KINDS): Promise<World> {
  const store = await KINDS[kind]?.();
  assert.ok(store);
  const nodes: TestServer[] = [];
  const env = { ...store.env, SECRET };
  for (let at = 0; at < 2; at += 1) nodes.push(await startServer({ env }));
  const [one, two] = nodes;
  assert.ok(one && two);
  return {
    owner: await one.owner(),
    ann: (await one.person()).at(two.url),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
      await store.stop();
    },
  };
}

const codeOf = (answer: { body: unknown }) => (answer.body as { code: string }).code;
const roomOf = (answer: { body: unknown }) => answer.body as Room;

for (const kind of Object.keys(KINDS)) {
  describe(`a room made under a nonce, on ${kind}`, () => {
    let world: World;
    before(async () => {
      world = await startWorld(kind);
    });
    after(() => world?.stop());
    const named = async (person: Person, name: string) =>
      (await person.get<Rooms>('/rooms')).rooms.filter((room) => room.name === name).map(({ id }) => id);

    test('P2 asked for by fifty at once over two nodes, it is one room, told to everybody, found once', async () => {
      const { owner, ann } = world;
      const there = owner.at(ann.url);
      const line = await ann.live();
      const body = { kind: 'open', name: 'Fifty', topic: 'once', members: [ann.id], nonce: newNonce() };
      const answers = await Promise.all(
        Array.from({ length: REPEATS }, (_, at) => (at % 2 ? owner : there).ask('POST', '/rooms', body)),
      );
      assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 201]);
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      const [id, ...others] = new Set(answers.map((answer) => roomOf(answer).id));
      assert.ok(id);
      assert.deepEqual(others, []);
      assert.deepEqual(await named(owner, 'Fifty'), [id]);
      assert.deepEqual(await named(ann, 'Fifty'), [id]);
      const { event } = await line.take('personal', (frame) => frame.event.kind === 'room.added');
      assert.equal(event.kind === 'room.added' && event.room.id, id);
      const { rooms } = await owner.get<OpenRooms>('/rooms?scope=open&q=fifty');
      assert.deepEqual(
        rooms.map((room) => room.id),
        [id],
      );
      const { seq, rev, members } = await owner.get<Room>(`/rooms/${id}`);
      assert.deepEqual([seq, rev, members], [1, 1, 2]);
      await line.close();
    });

    test('P2 another request under the same nonce is refused, and nobody else’s nonce is one’s own', async () => {
      const { owner, ann } = world;
      const nonce = newNonce();
      const body = { kind: 'closed', name: 'Words', topic: 'these', members: [ann.id], nonce };
      const made = await owner.ask('POST', '/rooms', body);
      assert.equal(made.status, 201);
      for (const other of [
        { name: 'Other' },
        { topic: 'those' },
        { topic: undefined },
        { kind: 'open' },
        { members: [] },
      ]) {
        const answer = await owner.ask('POST', '/rooms', { ...body, ...other });
        assert.deepEqual([answer.status, codeOf(answer)], [422, 'nonce_reused'], JSON.stringify(other));
      }
      const same = await owner.ask('POST', '/rooms', { ...body, name: ' Words ', members: [ann.id, ann.id, owner.id] });
      assert.deepEqual([same.status, roomOf(same).id], [200, roomOf(made).id], 'the same in other letters');
      const hers = await ann.ask('POST', '/rooms', { ...body, members: [owner.id] });
      assert.equal(hers.status, 201);
      assert.notEqual(roomOf(hers).id, roomOf(made).id);
      assert.deepEqual(await named(owner, 'Other'), []);
    });

    test('P2 P5 the repeat gets the room as it now is, and of one that was left learns nothing', async () => {
      const { owner, ann } = world;
      const body = { kind: 'closed', name: 'Before', members: [ann.id], nonce: newNonce() };
      const { id } = await owner.post<Room>('/rooms', body);
      await owner.patch(`/rooms/${id}`, { name: 'After' });
      await owner.patch(`/rooms/${id}/members/${ann.id}`, { role: 'owner' });
      const again = await owner.ask('POST', '/rooms', body);
      assert.deepEqual([again.status, roomOf(again).name], [200, 'After']);
      await owner.delete(`/rooms/${id}/members/me`);
      const left = await owner.ask('POST', '/rooms', body);
      assert.deepEqual([left.status, codeOf(left)], [404, 'not_found']);
      assert.deepEqual(await named(owner, 'After'), []);
      assert.deepEqual(await named(ann, 'After'), [id]);
    });
  });
}

test('P1 P2 a room is made once over kill -9 of the server', { skip: ON_CLUSTER }, async (t) => {
  const server = await startServerProcess();
  t.after(server.stop);
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const body = { kind: 'closed', name: 'Lasting', nonce: newNonce() };
  const { id } = await owner.post<Room>('/rooms', body);
  await server.kill('SIGKILL');
  await server.restart();
  const again = await owner.at(server.url).ask('POST', '/rooms', body);
  assert.deepEqual([again.status, roomOf(again).id], [200, id]);
});
