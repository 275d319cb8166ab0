import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '@rill/harness';
import type { Me, SignedIn, User, Users } from '@rill/protocol';
import { type Answer, PASSWORD, type Rig, startRig, tokenOf } from './accounts-rig.ts';

describe('accounts', () => {
  let rig: Rig;
  let owner: SignedIn;
  before(async () => {
    rig = await startRig();
    owner = await rig.owner();
  });
  after(() => rig.stop());

  test('somebody registers, sees oneself, signs out and in', async () => {
    const mei = await rig.register('Mei.Lin', { displayName: ' 美玲  Lin ', locale: 'zh-CN' });
    assert.deepEqual(Object.keys(mei.user).sort(), [
      ...['createdAt', 'displayName', 'hidePresence', 'id', 'kind', 'locale', 'rev', 'role', 'status', 'username'],
    ]);
    assert.equal(mei.user.username, 'Mei.Lin');
    assert.equal(mei.user.displayName, '美玲 Lin');
    assert.equal(mei.user.role, 'member');
    assert.equal(mei.user.kind, 'person');
    const token = tokenOf(mei);
    assert.match(token, /^[0-9a-z]{10}\.[A-Za-z0-9_-]{43}$/);
    assert.equal((await rig.ask<Me>('GET', '/me', { token })).body.username, 'Mei.Lin');
    assert.equal((await rig.ask('POST', '/logout', { token })).status, 204);
    assert.equal((await rig.ask('GET', '/me', { token })).status, 401);
    const again = await rig.ask<SignedIn>('POST', '/login', { body: { username: 'mei.LIN', password: PASSWORD } });
    assert.equal(again.status, 200);
    assert.equal(again.body.user.id, mei.user.id);
    assert.notEqual(again.body.session.token, token);
  });

  test('the first account is the owner', () => {
    assert.equal(owner.user.role, 'owner');
  });

  test('a change of name and language is seen by oneself and by others, and told to every node', async () => {
    const told: unknown[] = [];
    const stop = await rig.parts.serverLine.subscribe((entry) => told.push(entry));
    const lines: unknown[] = [];
    const ana = await rig.register('ana');
    const stopLine = await rig.parts.userLine.subscribe(ana.user.id, (rev, entry) => lines.push([rev, entry]));
    const token = tokenOf(ana);
    const body = { displayName: 'Ana 🎈', locale: 'en', timeZone: 'Asia/Shanghai' };
    const changed = await rig.ask<Me>('PATCH', '/me', { token, body });
    assert.equal(changed.status, 200);
    assert.deepEqual(
      { ...changed.body },
      { ...ana.user, displayName: 'Ana 🎈', locale: 'en', timeZone: 'Asia/Shanghai', rev: ana.user.rev + 1 },
    );
    const seen = await rig.ask<User>('GET', `/users/${ana.user.id}`, { token: tokenOf(owner) });
    assert.equal(seen.body.displayName, 'Ana 🎈');
    assert.equal('timeZone' in seen.body, false);
    await until('both are told', () => told.length > 0 && lines.length > 0);
    assert.deepEqual(told, [{ kind: 'user.changed', user: seen.body }]);
    assert.deepEqual(lines, [[changed.body.rev, { kind: 'me.changed' }]]);
    for (const timeZone of ['Mars/Olympus', '', '../etc', 'UTC\n', '+05:00']) {
      assert.equal((await rig.ask('PATCH', '/me', { token, body: { timeZone } })).status, 400, timeZone);
    }
    await stop();
    await stopLine();
  });

  test('users are found by any word of a name, by Chinese in the middle, by ids, and all in order', async () => {
    const wang = await rig.register('wang_xm', { displayName: '王小明 Peter O’Neil' });
    const token = tokenOf(wang);
    const ids = async (path: string) => {
      const { status, body } = await rig.ask<Users>('GET', `/users?${path}`, { token });
      return status === 200 ? body.users.map((user) => user.id) : status;
    };
    const mine = [wang.user.id];
    for (const q of ['王', '小明', '明', 'peter', 'PETER o', 'neil', 'wang', 'xm', 'ｗａｎｇ', '王小明 pe']) {
      assert.deepEqual(await ids(`q=${encodeURIComponent(q)}`), mine, q);
    }
    for (const q of ['eter', 'ang', '  ', '王明', '*', '[a', '\u{10FFFF}']) {
      assert.deepEqual(await ids(`q=${encodeURIComponent(q)}`), [], q);
    }
    assert.deepEqual(await ids(`ids=${wang.user.id},${owner.user.id},${wang.user.id},zzzzzzzzzz`), [
      wang.user.id,
      owner.user.id,
    ]);
    assert.equal(await ids(`ids=${Array.from({ length: 101 }, () => wang.user.id).join(',')}`), 400);
    for (const bad of ['ids=', 'ids=*', 'ids={u:x}', 'q=', `q=a&ids=${wang.user.id}`, 'limit=0', 'limit=201', 'x=1']) {
      assert.equal(await ids(bad), 400, bad);
    }
    const names: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const query: string = next === '' ? 'limit=2' : `limit=2&after=${encodeURIComponent(next)}`;
      const { body }: Answer<Users> = await rig.ask<Users>('GET', `/users?${query}`, { token });
      names.push(...body.users.map((user) => user.username.toLowerCase()));
      next = body.next;
    }
    assert.deepEqual(names, [...new Set(names)].sort());
    assert.ok(names.includes('wang_xm') && names.includes('owner'));
    // The old name finds nobody any more, and nothing of it is left.
    const words = () => rig.redis.client().zcard('{server}:directory');
    const before = await words();
    await rig.ask('PATCH', '/me', { token, body: { displayName: '李雷' } });
    assert.equal(await words(), before - '王小明'.length - 3 + '李雷'.length);
    assert.deepEqual(await ids(`q=${encodeURIComponent('小明')}`), []);
    assert.deepEqual(await ids(`q=${encodeURIComponent('雷')}`), mine);
  });

  test('nobody who is signed out learns anything, and an unknown user is not found', async () => {
    for (const path of ['/me', '/users', '/users?q=a', `/users/${owner.user.id}`, '/sessions', '/invites', '/audit']) {
      const answer = await rig.ask('GET', path);
      assert.equal(answer.status, 401, path);
      assert.equal(answer.body.code, 'unauthenticated');
    }
    const token = tokenOf(owner);
    assert.equal((await rig.ask('GET', '/users/zzzzzzzzzz', { token })).status, 404);
    assert.equal((await rig.ask('GET', '/users/no-id', { token })).status, 400);
  });

  test('P8 fields that nobody offers are refused, and nothing changes (mass assignment)', async () => {
    const joe = await rig.register('joe');
    const token = tokenOf(joe);
    const extra = { role: 'owner', isAdmin: true, id: owner.user.id, status: 'active', createdAt: 'now', kind: 'bot' };
    for (const [name, value] of Object.entries(extra)) {
      const bodies: [string, string, object][] = [
        ['PATCH', '/me', { displayName: 'Joe!', [name]: value }],
        ['POST', '/register', { username: 'joe-2', password: PASSWORD, [name]: value }],
        ['POST', '/login', { username: 'joe', password: PASSWORD, [name]: value }],
        ['PUT', '/me/password', { password: PASSWORD, newPassword: `${PASSWORD}!`, [name]: value }],
      ];
      for (const [method, path, body] of bodies) {
        const answer = await rig.ask(method, path, { token, body });
        assert.equal(answer.status, 400, `${path} ${name}`);
        assert.equal(answer.body.code, 'bad_request');
      }
    }
    assert.deepEqual((await rig.ask<Me>('GET', '/me', { token })).body, joe.user);
    assert.equal((await rig.ask('POST', '/register', { body: { username: 'joe-2', password: PASSWORD } })).status, 201);
  });
});
