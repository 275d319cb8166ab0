import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before as beforeAll, test } from 'node:test';
import { newNonce, type Person } from '@rill/harness';
import type { Audit } from '@rill/protocol';
import { fill, type Operation, operations, validBody } from './api.ts';
import { type Scene, setScene } from './people.ts';
import { stored } from './stored.ts';

let scene: Scene;
let all: Operation[];
beforeAll(async () => {
  scene = await setScene();
  all = await operations(scene.server.url);
});
after(() => scene.stop());

interface Told {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** What everybody is told anew each time. */
const FRESH = new Set(['date', 'x-request-id', 'keep-alive', 'connection']);

async function tell(operation: Operation, path: string, asker?: Person): Promise<Told> {
  const answer = await fetch(`${scene.server.url}/api/v1${path}`, {
    method: operation.method,
    headers: {
      ...(asker === undefined ? {} : { authorization: `Bearer ${asker.token}` }),
      ...(operation.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(operation.body === undefined ? {} : { body: JSON.stringify(validBody(operation.id, scene, asker)) }),
  });
  const headers = [...answer.headers].filter(([name]) => !FRESH.has(name));
  return { status: answer.status, headers: JSON.stringify(headers), body: await answer.text() };
}

const randomRoom = () => `${randomBytes(1).toString('hex')}${randomBytes(8).toString('hex')}`;
const values = (room: string, user = scene.member.id) => ({
  room,
  user,
  seq: scene.message.seq,
  session: 'a0a0a0a0a0a0',
  invite: 'a0a0a0a0a0a0',
});
const query: Readonly<Record<string, string>> = { events: '?after=0' };
const pathOf = (operation: Operation, given: ReturnType<typeof values>) =>
  `${fill(operation.path, given)}${query[operation.id] ?? ''}`;

test('P5 every operation that is not public is 401 for whoever is signed out, in the same bytes', async () => {
  const told = new Set<string>();
  const closed = all.filter(({ isPublic }) => !isPublic);
  assert.ok(closed.length >= 30, `only ${closed.length} operations were found`);
  for (const operation of closed) {
    for (const room of [scene.room.id, randomRoom()]) {
      const answer = await tell(operation, pathOf(operation, values(room)));
      assert.equal(answer.status, 401, operation.id);
      told.add(answer.body);
    }
  }
  assert.equal(told.size, 1);
});

for (const who of ['outsider', 'removed'] as const) {
  test(`P5 to the ${who} a closed room answers as one that does not exist, on every verb of every path`, async () => {
    const stores = scene.server.stores();
    const before = await stored(stores);
    const inRooms = all.filter(({ path }) => path.includes('{room}'));
    assert.ok(inRooms.length >= 17, `only ${inRooms.length} operations name a room`);
    for (const operation of inRooms) {
      for (const user of operation.path.includes('{user}') ? [scene.member.id, scene[who].id, 'me'] : ['me']) {
        const real = await tell(operation, pathOf(operation, values(scene.room.id, user as Person['id'])), scene[who]);
        const none = await tell(operation, pathOf(operation, values(randomRoom(), user as Person['id'])), scene[who]);
        assert.deepEqual(real, none, `${operation.id} tells the two apart`);
        // Importing is for the owner of the server, whatever the room.
        assert.equal(real.status, operation.id === 'import' ? 403 : 404, operation.id);
        assert.ok(!real.body.includes(scene.canary));
      }
    }
    assert.deepEqual(await stored(stores), before, 'nothing was written');
  });

  test(`P5 nothing that the ${who} can ask for holds a word of the room`, async () => {
    const asker = scene[who];
    const lists = ['/rooms', '/rooms?scope=open&limit=200', '/users', '/me', '/sessions', `/users/${scene.owner.id}`];
    for (const search of [scene.canary, scene.canary.slice(0, 12), 'Room']) {
      lists.push(`/rooms?scope=open&q=${search}`, `/users?q=${search}`);
    }
    for (const path of lists) {
      const { status, body } = await asker.ask('GET', path);
      assert.equal(status, 200, path);
      assert.ok(!JSON.stringify(body).includes(scene.canary), path);
    }
  });
}

test('P5 the owner of the server learns nothing of a room of others, from the audit log neither', async () => {
  const { id: room } = await scene.member.makeRoom({ kind: 'closed', name: 'Ours', members: [scene.outsider.id] });
  const { seq } = await scene.outsider.say(room, scene.canary);
  await scene.member.post(`/rooms/${room}/messages/${seq}/remove`, { reason: scene.canary });
  for (const path of [`/rooms/${room}`, `/rooms/${room}/messages`, `/rooms/${room}/members`]) {
    assert.equal((await scene.owner.ask('GET', path)).status, 404, path);
  }
  const newest = async () => (await scene.owner.get<Audit>('/audit?limit=1')).entries[0];
  const told = await newest();
  assert.deepEqual([told?.actor, told?.act, told?.target, told?.detail], [scene.member.id, 'message.removed', '', '']);
  await scene.member.ask('PUT', `/rooms/${room}/members/${scene.owner.id}`);
  const inside = await newest();
  assert.deepEqual([inside?.id, inside?.target, inside?.detail], [told?.id, room, String(seq)]);
});

test('P5 only public operations answer anything but 401 without a session', () => {
  const open = all.filter(({ isPublic }) => isPublic).map(({ id }) => id);
  assert.deepEqual(open.sort(), ['checkRegistration', 'login', 'register', 'reset', 'server']);
});

test('P5 an ordinary member may not do what the owner and the admins of the server do', async () => {
  const stores = scene.server.stores();
  const before = await stored(stores);
  for (const id of [
    'invites',
    'makeInvite',
    'revokeInvite',
    'settings',
    'changeSettings',
    'audit',
    'changeUser',
    'makeResetLink',
  ]) {
    const operation = all.find((each) => each.id === id);
    assert.ok(operation, id);
    const answer = await tell(operation, pathOf(operation, values(scene.room.id)), scene.member);
    assert.equal(answer.status, 403, `${id}: ${answer.body}`);
  }
  assert.deepEqual(await stored(stores), before, 'nothing was written');
});

test('to a member every operation of a room answers with what it is for', async () => {
  // Each in a room of its own, so that leaving one does not spoil the next.
  const statuses: Readonly<Record<string, number>> = {
    endMember: 204,
    putMember: 200,
    send: 201,
    import: 403,
    remove: 403,
    changeRoom: 403,
    // Only an open room has one.
    openRoom: 404,
  };
  for (const operation of all.filter(({ path }) => path.includes('{room}'))) {
    const room = await scene.owner.makeRoom({ members: [scene.member.id] });
    const { seq } = await scene.member.say(room.id, 'mine');
    const path = pathOf(operation, { ...values(room.id), seq });
    const answer = await tell(operation, path, scene.member);
    assert.equal(answer.status, statuses[operation.id] ?? 200, `${operation.id}: ${answer.body}`);
  }
});

test('P5 every answer forbids caches, scripts of others, and being guessed at', async () => {
  for (const operation of all) {
    const path = pathOf(operation, values(randomRoom()));
    for (const asker of [undefined, scene.outsider]) {
      // It would sign the outsider out.
      if (operation.id === 'logout' && asker !== undefined) continue;
      const answer = await fetch(`${scene.server.url}/api/v1${path}`, {
        method: operation.method,
        headers: {
          ...(asker === undefined ? {} : { authorization: `Bearer ${asker.token}` }),
          ...(operation.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(operation.body === undefined ? {} : { body: '{}' }),
      });
      const text = await answer.text();
      const header = (name: string) => answer.headers.get(name) ?? '';
      assert.match(header('cache-control'), /^no-store, private(, no-transform)?$/, operation.id);
      for (const name of ['Cookie', 'Authorization', 'Origin']) assert.match(header('vary'), new RegExp(name));
      assert.equal(header('x-content-type-options'), 'nosniff');
      assert.equal(header('referrer-policy'), 'no-referrer');
      assert.match(header('content-security-policy'), /default-src 'none'/);
      assert.doesNotMatch(header('content-security-policy'), /unsafe-inline|unsafe-eval|upgrade-insecure-requests/);
      assert.equal(header('access-control-allow-origin'), '', 'no other page may read it');
      assert.match(header('x-request-id'), /^[0-9a-f-]{36}$/);
      assert.ok(!text.includes(header('x-request-id')), 'the id of a request stands in no body');
      if (answer.status < 400) continue;
      assert.match(header('content-type'), /^application\/problem\+json/);
      assert.equal((JSON.parse(text) as { status: number }).status, answer.status);
      assert.doesNotMatch(text, / at |redis|node_modules|\/src\//i, 'nothing of the inside shows');
    }
  }
});

test('P5 the text of a room stands in no answer to a stranger who guesses nonces, seqs and names', async () => {
  const received: string[] = [];
  const { outsider, room } = scene;
  for (const seq of [1, 2, 3, 4, 5, 999]) {
    received.push(JSON.stringify((await outsider.ask('GET', `/rooms/${room.id}/messages/${seq}`)).body));
    received.push(JSON.stringify((await outsider.ask('POST', `/rooms/${room.id}/messages/${seq}/recall`)).body));
  }
  const send = { nonce: newNonce(), text: scene.canary };
  received.push(JSON.stringify((await outsider.ask('POST', `/rooms/${room.id}/messages`, send)).body));
  received.push(
    JSON.stringify(
      (await outsider.ask('POST', '/rooms', { kind: 'open', name: 'My own', members: [scene.member.id] })).body,
    ),
  );
  assert.ok(!received.join().includes(scene.canary));
});
