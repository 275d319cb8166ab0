import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Audit, AuditEntry, Invites, ResetLink, ServerInfo, Settings, SignedIn, User } from '@rill/protocol';
import { type Asking, PASSWORD, type Rig, startRig, tokenOf } from './accounts-rig.ts';

const password = PASSWORD;

describe('administration', () => {
  let rig: Rig;
  const people = new Map<string, SignedIn>();
  const at = (name: string): SignedIn => {
    const found = people.get(name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const as = (name: string, method: string, path: string, asking: Asking = {}) =>
    rig.ask(method, path, { ...asking, token: tokenOf(at(name)) });
  const change = (by: string, whom: string, body: object) =>
    rig.ask<User>('PATCH', `/users/${at(whom).user.id}`, { token: tokenOf(at(by)), body });
  const audit = async (query = '') =>
    (await rig.ask<Audit>('GET', `/audit${query}`, { token: tokenOf(at('owner')) })).body;
  before(async () => {
    rig = await startRig({ fixed: {} });
    people.set('owner', await rig.owner());
    await as('owner', 'PATCH', '/settings', { body: { registration: 'open' } });
    for (const name of ['admin', 'other-admin', 'member', 'another']) people.set(name, await rig.register(name));
    for (const name of ['admin', 'other-admin']) await change('owner', name, { role: 'admin' });
  });
  after(() => rig.stop());

  test('nobody but owner and admins sees or does any of it', async () => {
    const calls: [string, string, object?][] = [
      ['GET', '/invites'],
      ['POST', '/invites', {}],
      ['DELETE', '/invites/aaaaaaaaaaaa'],
      ['GET', '/settings'],
      ['PATCH', '/settings', { name: 'Mine' }],
      ['GET', '/audit'],
      ['PATCH', `/users/${at('another').user.id}`, { status: 'disabled' }],
      ['PATCH', '/users/zzzzzzzzzz', { status: 'disabled' }],
      ['POST', `/users/${at('another').user.id}/reset-link`],
      ['POST', '/users/zzzzzzzzzz/reset-link'],
    ];
    const before = await audit('?limit=200');
    for (const [method, path, body] of calls) {
      const answer = await as('member', method, path, body === undefined ? {} : { body });
      assert.equal(answer.status, 403, `${method} ${path}`);
      assert.equal(answer.body.code, 'forbidden');
    }
    assert.deepEqual(await audit('?limit=200'), before, 'nor is it in the log');
  });

  test('who may change whom to what: nobody acts on an equal, nobody makes an equal, nobody touches the owner', async () => {
    const who = ['owner', 'admin', 'member'] as const;
    const whom = { owner: 'owner', admin: 'other-admin', member: 'another' } as const;
    const rank = { owner: 3, admin: 2, member: 1 } as const;
    for (const by of who) {
      for (const target of who) {
        for (const role of ['owner', 'admin', 'member'] as const) {
          const allowed = rank[by] > rank[target] && rank[by] > rank[role] && by !== 'member';
          const answer = await change(by, whom[target], { role });
          assert.equal(answer.status, allowed ? 200 : 403, `${by} makes ${target} ${role}`);
          if (allowed) assert.equal(answer.body.role, role);
          // As it was.
          if (allowed && role !== target) await change('owner', whom[target], { role: target });
        }
        for (const status of ['disabled', 'active'] as const) {
          const allowed = rank[by] > rank[target] && by !== 'member';
          const answer = await change(by, whom[target], { status });
          assert.equal(answer.status, allowed ? 200 : 403, `${by} makes ${target} ${status}`);
        }
      }
    }
    const { body } = await rig.ask<User>('GET', `/users/${at('owner').user.id}`, { token: tokenOf(at('owner')) });
    assert.equal(body.role, 'owner');
    for (const wrong of [
      {},
      { role: 'god' },
      { status: null },
      { role: 'member', username: 'x' },
      { role: ['owner'] },
      [],
    ]) {
      assert.equal((await as('owner', 'PATCH', `/users/${at('another').user.id}`, { body: wrong })).status, 400);
    }
    for (const name of ['other-admin', 'another']) {
      people.set(name, (await rig.ask<SignedIn>('POST', '/login', { body: { username: name, password } })).body);
    }
  });

  test('the function that acts checks the ranks itself, whatever the caller believes', async () => {
    const owner = at('owner').user.id;
    const before = await rig.redis.client().dump(`{u:${owner}}`);
    assert.equal(await rig.parts.users.govern(owner, 'owner', { status: 'disabled' }), 'outranked');
    assert.equal(await rig.parts.users.govern(owner, 'admin', { role: 'member' }), 'outranked');
    assert.equal(await rig.parts.users.govern(at('another').user.id, 'admin', { role: 'admin' }), 'outranked');
    assert.equal(await rig.parts.users.govern(at('another').user.id, 'member', { role: 'member' }), 'outranked');
    assert.equal(await rig.redis.client().dump(`{u:${owner}}`), before);
  });

  test('two admins who unmake each other: neither may; the owner stays', async () => {
    const answers = await Promise.all([
      change('admin', 'other-admin', { role: 'member' }),
      change('other-admin', 'admin', { role: 'member' }),
      change('admin', 'owner', { status: 'disabled' }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [403, 403, 403],
    );
  });

  test('a disabled user is out, is found only by admins, and is back when enabled', async () => {
    const username = 'sleeper';
    people.set(username, await rig.register(username));
    const found = async (by: string) => {
      const { body } = await rig.ask<{ users: User[] }>('GET', '/users?q=sleeper', { token: tokenOf(at(by)) });
      return body.users.map(({ status }) => status);
    };
    assert.equal((await change('admin', username, { status: 'disabled' })).body.status, 'disabled');
    assert.equal((await as(username, 'GET', '/me')).status, 401);
    assert.deepEqual([await found('member'), await found('admin')], [[], ['disabled']]);
    const id = at(username).user.id;
    assert.equal((await as('member', 'GET', `/users/${id}`)).status, 200, 'rooms still name who wrote');
    const held = rig.parts.userLine.holdRoom(id, '000000000000000000' as never);
    await assert.rejects(held, /not_found/);
    assert.equal((await change('admin', username, { status: 'active' })).body.status, 'active');
    assert.equal((await as(username, 'GET', '/me')).status, 401, 'old sessions stay ended');
    const back = await rig.ask('POST', '/login', { body: { username, password } });
    assert.equal(back.status, 200);
    assert.equal(
      (await rig.ask('PATCH', '/users/zzzzzzzzzz', { token: tokenOf(at('owner')), body: { role: 'member' } })).status,
      404,
    );
  });

  test('a reset link sets a password once, ends every session, and lives a day', async () => {
    const username = 'forgetful';
    const one = await rig.register(username);
    people.set(username, one);
    const link = async (by = 'admin') =>
      (await rig.ask<ResetLink>('POST', `/users/${one.user.id}/reset-link`, { token: tokenOf(at(by)) })).body;
    const reset = (code: string, newPassword: string) => rig.ask('POST', '/reset', { body: { code, newPassword } });
    const older = await link();
    const { code, url } = await link('owner');
    assert.equal(url, `http://chat.test/reset#reset=${code}`);
    assert.equal((await reset(older.code, 'fresh-Lantern-31')).body.code, 'reset_spent', 'the newer one killed it');
    assert.equal((await reset(code, 'short')).body.code, 'password_too_short');
    assert.equal((await reset(code, 'forgetful-1')).body.code, 'password_too_common', 'and the link is not spent');
    const parallel = await Promise.all(Array.from({ length: 8 }, (_, n) => reset(code, `fresh-Lantern-3${n}`)));
    assert.deepEqual(parallel.map(({ status }) => status).sort(), [204, ...Array.from({ length: 7 }, () => 410)]);
    const set = parallel.findIndex(({ status }) => status === 204);
    assert.equal((await rig.ask('GET', '/me', { token: tokenOf(one) })).status, 401);
    const login = async (secret: string) =>
      (await rig.ask('POST', '/login', { body: { username, password: secret } })).status;
    assert.equal(await login(password), 401);
    assert.equal(await login(`fresh-Lantern-3${set}`), 200);
    assert.equal((await reset(code, 'fresh-Lantern-39')).status, 410);
    const late = await link();
    rig.forward(86_400_001);
    assert.equal((await reset(late.code, 'fresh-Lantern-39')).status, 410);
    for (const bad of [
      '',
      'x',
      `${one.user.id}.`,
      `${one.user.id}.${'A'.repeat(43)}`,
      `zzzzzzzzzz.${'A'.repeat(43)}`,
      '{u:x}.y',
    ]) {
      assert.equal((await reset(bad, 'fresh-Lantern-39')).body.code, 'reset_spent', bad);
    }
    for (const whom of ['owner', 'admin', 'other-admin']) {
      assert.equal((await as('admin', 'POST', `/users/${at(whom).user.id}/reset-link`)).status, 403, whom);
    }
    // Changing the password, or disabling, kills a link that was made before.
    const dead = await link();
    const signed = await rig.ask<SignedIn>('POST', '/login', { body: { username, password: `fresh-Lantern-3${set}` } });
    const body = { password: `fresh-Lantern-3${set}`, newPassword: 'fresh-Lantern-50' };
    assert.equal((await rig.ask('PUT', '/me/password', { token: tokenOf(signed.body), body })).status, 204);
    assert.equal((await reset(dead.code, 'fresh-Lantern-39')).status, 410);
  });

  test('settings are seen by everybody at once; what is wrong is refused and nothing changes', async () => {
    const changed = await rig.ask<Settings>('PATCH', '/settings', {
      token: tokenOf(at('admin')),
      body: { name: ' 河边  Rill ', registration: 'closed' },
    });
    assert.deepEqual(changed.body, { name: '河边 Rill', registration: 'closed', fixed: [] });
    const node = await rig.node();
    const info = (await node.ask<ServerInfo>('GET', '/server')).body;
    assert.equal(info.name, '河边 Rill');
    assert.equal(info.registration, 'closed');
    await node.stop();
    const wrong = [
      {},
      { name: '' },
      { name: '\u202e' },
      { name: 'x'.repeat(81) },
      { registration: 'yes' },
      { owner: 'me' },
    ];
    for (const body of [...wrong, { fixed: [] }, { registration: null }, { name: 7 }]) {
      assert.equal((await as('owner', 'PATCH', '/settings', { body })).status, 400, JSON.stringify(body));
    }
    assert.deepEqual((await as('owner', 'GET', '/settings')).body, changed.body);
    await as('owner', 'PATCH', '/settings', { body: { registration: 'open' } });
  });

  test('the audit log says who did what, in pages, newest first, and no word of a secret', async () => {
    const all: AuditEntry[] = [];
    for (let query = '?limit=3'; query !== ''; ) {
      const { entries, next } = await audit(query);
      all.push(...entries);
      query = next === undefined ? '' : `?limit=3&before=${next}`;
    }
    assert.deepEqual(all, (await audit('?limit=200')).entries);
    const acts = new Set(all.map(({ act }) => act));
    for (const act of [
      'owner.claimed',
      'settings.changed',
      'user.disabled',
      'user.enabled',
      'user.role',
      'user.reset-link',
    ]) {
      assert.ok(acts.has(act as AuditEntry['act']), act);
    }
    assert.equal(all.at(-1)?.act, 'owner.claimed');
    const role = all.find(({ act, target }) => act === 'user.role' && target === at('admin').user.id);
    assert.equal(role?.actor, at('owner').user.id);
    assert.equal(role?.detail, 'member → admin');
    for (const bad of ['0', '-', '+', '$', '(1-1', '1-1-1', '99999999999999999999-0', 'x', '']) {
      assert.equal((await as('owner', 'GET', `/audit?before=${encodeURIComponent(bad)}`)).status, 400, bad);
    }
    assert.deepEqual((await audit('?before=0-1')).entries, []);
  });

  test('an invite’s uses have bounds, and an unknown invite is not found', async () => {
    for (const body of [
      { uses: 0 },
      { uses: 1_001 },
      { uses: -1 },
      { uses: 1.5 },
      { uses: '2' },
      { uses: 1, by: 'me' },
    ]) {
      assert.equal((await as('owner', 'POST', '/invites', { body })).status, 400, JSON.stringify(body));
    }
    assert.equal((await as('owner', 'POST', '/invites')).status, 201, 'without a body');
    assert.equal((await as('owner', 'DELETE', '/invites/aaaaaaaaaaaa')).status, 404);
    assert.equal((await as('owner', 'DELETE', '/invites/*')).status, 400);
    const { body } = await rig.ask<Invites>('GET', '/invites', { token: tokenOf(at('admin')) });
    assert.equal(body.invites.length, 1);
    assert.equal((await as('admin', 'DELETE', `/invites/${body.invites[0]?.id}`)).status, 204);
    assert.equal((await as('admin', 'DELETE', `/invites/${body.invites[0]?.id}`)).status, 204, 'again');
  });
});
