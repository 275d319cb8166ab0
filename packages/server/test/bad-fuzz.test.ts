import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isErrorCode } from '@rill/protocol';
import fc from 'fast-check';
import { describe, fill, type Operation, operations } from './api.ts';
import { rawBytes } from './bad-input.ts';
import { type Scene, setScene } from './people.ts';
import { exchange } from './raw.ts';
import { broken, fitting } from './schema-arbitrary.ts';

const SEED = Number(process.env.SEED ?? 20261122);
const RUNS = Number(process.env.RUNS ?? 20);

let scene: Scene;
let all: Operation[];
let shapes: Record<string, object>;
before(async () => {
  scene = await setScene();
  all = await operations(scene.server.url);
  shapes = (await describe(scene.server.url)).components.schemas;
});
after(() => scene.stop());

/** Any answer but these is a fault of ours. */
function isRight(status: number, body: string): void {
  assert.ok(status >= 200 && status < 500, `${status}: ${body}`);
  if (status < 400) return;
  const problem = JSON.parse(body) as { status: number; code: string };
  assert.equal(problem.status, status);
  assert.ok(isErrorCode(problem.code), problem.code);
}

test(`P8 no body that is like a valid one brings more than a refusal (seed ${SEED})`, async () => {
  // Signing out or changing the password would end the run.
  const tried = all.filter(({ body, id }) => body !== undefined && !['changePassword', 'reset'].includes(id));
  assert.ok(tried.length >= 12, `only ${tried.length} operations take a body`);
  for (const operation of tried) {
    const valid = fitting(operation.body ?? {}, shapes);
    await fc.assert(
      fc.asyncProperty(fc.oneof(valid, broken(valid), broken(broken(valid))), async (body) => {
        const path = fill(operation.path, { room: scene.room.id, user: scene.removed.id, seq: scene.message.seq });
        const { status, body: answer } = await scene.member.ask(operation.method, path, body);
        isRight(status, JSON.stringify(answer));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }
});

test(`P8 no query and no path brings more than a refusal (seed ${SEED})`, async () => {
  const reading = all.filter(({ method }) => method === 'GET');
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '0', '-1', '..', '%', '{x}', '1e9'),
  );
  const names = fc.oneof(fc.constantFrom('before', 'after', 'around', 'limit', 'q', 'scope', 'epoch', 'ids'), part);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...reading),
      fc.array(fc.tuple(names, part), { maxLength: 4 }),
      fc.option(part, { freq: 2 }),
      async ({ path, method }, query, id) => {
        const own = {
          room: scene.room.id,
          user: scene.owner.id,
          seq: 2,
          session: 'a0a0a0a0a0a0',
          invite: 'a0a0a0a0a0a0',
        };
        const odd = id === null ? own : Object.fromEntries(Object.keys(own).map((name) => [name, id.toWellFormed()]));
        const search = query
          .map((pair) => pair.map((each) => encodeURIComponent(each.toWellFormed())).join('='))
          .join('&');
        const answer = await scene.member.ask(method, `${fill(path, odd)}?${search}`);
        assert.ok(answer.status < 500, `${answer.status} ${path}?${search}`);
      },
    ),
    { seed: SEED, numRuns: RUNS * 10 },
  );
});

test(`P8 no bytes on the wire bring more than a refusal (seed ${SEED})`, async () => {
  const text = '{"nonce":"fuzz","text":"a text"}';
  const headers = [
    'Host: 127.0.0.1',
    `Authorization: Bearer ${scene.member.token}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
  ];
  const valid = rawBytes(`POST /api/v1/rooms/${scene.room.id}/messages`, [...headers, 'Connection: close'], text);
  const edit = fc.tuple(fc.nat(valid.length), fc.nat(6), fc.uint8Array({ maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const bytes = edits.reduce(
        (now, [at, cut, put]) => Buffer.concat([now.subarray(0, at), put, now.subarray(at + cut)]),
        valid,
      );
      // The end of the line tells the server that nothing more comes, so that it need not wait for the rest.
      const { status } = await exchange(scene.server.port, bytes, undefined, true);
      assert.ok(status < 500, `${status}`);
    }),
    { seed: SEED, numRuns: RUNS * 10 },
  );
  assert.equal((await fetch(`${scene.server.url}/healthz`)).status, 200);
});

test('P8 after all of it the room is as it was to its members, and nobody has become more', async () => {
  const { members } = await scene.owner.get<{ members: { user: { id: string }; role: string }[] }>(
    `/rooms/${scene.room.id}/members`,
  );
  assert.equal(members.find(({ user }) => user.id === scene.member.id)?.role, 'member');
  assert.equal((await scene.owner.get<{ role: string }>('/me')).role, 'owner');
  assert.equal((await scene.member.get<{ role: string }>('/me')).role, 'member');
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});
