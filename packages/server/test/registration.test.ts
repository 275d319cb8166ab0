import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AuditEntry, Me, NewInvite, ServerInfo, SignedIn, UserId } from '@rill/protocol';
import { createNames } from '../src/store/names.ts';
import { type Answer, PASSWORD, type Rig, startRig, tokenOf } from './accounts-rig.ts';

const password = PASSWORD;

/** All at once, half of it over another node. */
function together<Body>(rigs: readonly Rig[], count: number, ask: (rig: Rig, at: number) => Promise<Answer<Body>>) {
  return Promise.all(Array.from({ length: count }, (_, at) => ask(rigs[at % rigs.length]!, at)));
}

/** How many answers had each status. */
function statuses(answers: readonly Answer<unknown>[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('registration of the owner', () => {
  test('the first account needs the one-time code, and of parallel first ones exactly one is the owner', async (t) => {
    const one = await startRig({ fixed: { registration: 'closed' } });
    t.after(() => one.stop());
    const other = await one.node();
    t.after(() => other.stop());
    const info = () => one.ask<ServerInfo>('GET', '/server');
    assert.equal((await info()).body.waitsForOwner, true);
    const code = await one.parts.administration.ownerCode();
    assert.match(code ?? '', /^[0-9a-z]{26}$/);
    assert.equal(await other.parts.administration.ownerCode(), code, 'nothing is kept: any node can tell it');
    for (const wrong of [undefined, '', 'x', `${code}0`, code?.slice(1), '0'.repeat(26)]) {
      const body = { username: 'me-first', password, ...(wrong === undefined ? {} : { code: wrong }) };
      const answer = await one.ask('POST', '/register', { body });
      assert.equal(answer.status, 403);
      assert.equal(answer.body.code, 'owner_code_required');
    }
    const answers = await together([one, other], 8, (rig, at) =>
      rig.ask<SignedIn>('POST', '/register', { body: { username: `first-${at}`, password, code } }),
    );
    assert.deepEqual(statuses(answers), { 201: 1, 410: 7 });
    assert.equal(answers.find(({ status }) => status === 201)?.body.user.role, 'owner');
    assert.equal((await info()).body.waitsForOwner, false);
    assert.equal(await one.parts.administration.ownerCode(), undefined);
    const late = await one.ask('POST', '/register', { body: { username: 'late', password, code } });
    assert.equal(late.status, 410, 'the code works once');
    // The losers' names are free again.
    const client = one.redis.client();
    assert.equal((await client.keys('name:*')).length, 1);
    assert.equal((await client.keys('{u:*')).length, 2, 'a user and the sessions');
  });

  test('typed in capitals, in groups, it is the same code', async (t) => {
    const rig = await startRig();
    t.after(() => rig.stop());
    const code = (await rig.parts.administration.ownerCode()) ?? '';
    const typed = ` ${code.toUpperCase().replace(/(.{5})/g, '$1-')} `;
    const answer = await rig.ask<SignedIn>('POST', '/register', {
      body: { username: 'typist', password, code: typed },
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.body.user.role, 'owner');
  });

  test('a claim that a stopped server left behind is settled by what became of it', async (t) => {
    const rig = await startRig();
    t.after(() => rig.stop());
    const code = await rig.parts.administration.ownerCode();
    const client = rig.redis.client();
    await client.hset('{server}', 'owner', 'zzzzzzzzzz', 'ownerUntil', String(Date.now() + 60_000));
    const held = await rig.ask('POST', '/register', { body: { username: 'next', password, code } });
    assert.equal(held.status, 410);
    rig.forward(120_001);
    const made = await rig.ask<SignedIn>('POST', '/register', { body: { username: 'next', password, code } });
    assert.equal(made.body.user.role, 'owner');
    // The other way: the owner was made, and only the word of it is missing.
    await client.hset('{server}', 'ownerUntil', '1');
    const late = await rig.ask('POST', '/register', { body: { username: 'third', password, code } });
    assert.equal(late.status, 410);
    assert.equal(await client.hget('{server}', 'owner'), made.body.user.id);
    assert.equal(await client.hexists('{server}', 'ownerUntil'), 0);
  });
});

describe('registration', () => {
  let rig: Rig;
  let node: Rig;
  let owner: string;
  before(async () => {
    rig = await startRig({ fixed: {} });
    node = await rig.node();
    owner = tokenOf(await rig.owner());
  });
  after(async () => {
    await node.stop();
    await rig.stop();
  });
  const mode = (registration: string) => rig.ask('PATCH', '/settings', { token: owner, body: { registration } });
  const invite = async (uses?: number) =>
    (await rig.ask<NewInvite>('POST', '/invites', { token: owner, body: uses === undefined ? {} : { uses } })).body;
  const uses = async (id: string) => {
    const { body } = await rig.ask<{ invites: { id: string; used: number }[] }>('GET', '/invites', { token: owner });
    return body.invites.find((each) => each.id === id)?.used;
  };

  test('asking whether one may register says what registering would, and takes nothing', async () => {
    const may = async (code?: string) => {
      const { status, body } = await rig.ask('POST', '/register/check', { body: code === undefined ? {} : { code } });
      return status === 204 ? 'may' : body.code;
    };
    assert.equal(await may(), 'invite_required');
    const {
      code,
      invite: { id },
    } = await invite();
    assert.deepEqual([await may(code), await may(code), await uses(id)], ['may', 'may', 0]);
    assert.equal(await may('no-such-code'), 'invite_spent');
    await rig.ask('DELETE', `/invites/${id}`, { token: owner });
    assert.equal(await may(code), 'invite_spent');
    await mode('closed');
    assert.equal(await may(code), 'registration_closed');
    await mode('open');
    assert.equal(await may(), 'may');
    await mode('invite');
  });

  test('is by invite until somebody decides, then as set; the environment wins and says so', async (t) => {
    const body = { username: 'stranger', password };
    assert.equal((await rig.ask('POST', '/register', { body })).body.code, 'invite_required');
    await mode('closed');
    assert.equal((await node.ask('POST', '/register', { body })).body.code, 'registration_closed');
    const { code } = await invite();
    const closed = await rig.ask('POST', '/register', { body: { ...body, code } });
    assert.equal(closed.body.code, 'registration_closed');
    await mode('open');
    assert.equal((await node.ask('POST', '/register', { body })).status, 201);
    await mode('invite');
    const fixed = await rig.node({ fixed: { registration: 'open', name: 'Fixed' } });
    t.after(() => fixed.stop());
    const settings = await fixed.ask<object>('GET', '/settings', { token: owner });
    assert.deepEqual(settings.body, { name: 'Fixed', registration: 'open', fixed: ['name', 'registration'] });
    const refused = await fixed.ask('PATCH', '/settings', { token: owner, body: { registration: 'closed' } });
    assert.equal(refused.status, 403);
    assert.match(refused.body.detail ?? '', /REGISTRATION/);
    assert.equal((await fixed.ask('POST', '/register', { body: { ...body, username: 'by-env' } })).status, 201);
  });

  test('an invite for one is good for exactly one of 50 at once', async () => {
    const { code, invite: made, url } = await invite();
    assert.equal(made.uses, 1);
    assert.ok(url.endsWith(`/register#invite=${code}`));
    const answers = await together([rig, node], 50, (each, at) =>
      each.ask('POST', '/register', { body: { username: `guest-${at}`, password, code } }),
    );
    assert.deepEqual(statuses(answers), { 201: 1, 410: 49 });
    assert.equal(await uses(made.id), 1);
    const client = rig.redis.client();
    assert.equal(await client.exists('{server}:invites:pending'), 0);
    assert.equal((await client.keys('name:guest-*')).length, 1);
  });

  test('a use is spent only if the account is made', async () => {
    const { code, invite: made } = await invite(2);
    const failing: [object, string][] = [
      [{ username: 'stranger', password }, 'name_taken'],
      [{ username: 'a', password }, 'name_invalid'],
      [{ username: 'fine-name', password: 'short' }, 'password_too_short'],
      [{ username: 'fine-name', password: '12345678910' }, 'password_too_common'],
      [{ username: 'fine-name', password, displayName: '\u202e' }, 'display_name_invalid'],
    ];
    for (const [body, why] of failing) {
      const answer = await rig.ask('POST', '/register', { body: { ...body, code } });
      assert.equal(answer.body.code, why);
      assert.equal(await uses(made.id), 0, why);
    }
    // Many want one name: one gets it and one use is spent.
    const answers = await together([rig, node], 10, (each) =>
      each.ask('POST', '/register', { body: { username: 'Wanted', password, code } }),
    );
    assert.equal(statuses(answers)[201], 1);
    assert.equal(await uses(made.id), 1);
    assert.equal((await rig.ask('POST', '/register', { body: { username: 'second', password, code } })).status, 201);
    assert.equal((await rig.ask('POST', '/register', { body: { username: 'third', password, code } })).status, 410);
  });

  test('a use that a stopped server left behind is given back, or kept if its user was made', async () => {
    const { code, invite: made } = await invite(1);
    const client = rig.redis.client();
    const [hash = ''] = (await client.hkeys('{server}:invites')).reverse();
    const rows = await client.hgetall('{server}:invites');
    const mine = Object.keys(rows).find((each) => rows[each]?.startsWith(made.id)) ?? hash;
    await client.hset('{server}:invites', mine, (rows[mine] ?? '').replace('\x001\x000\x00', '\x001\x001\x00'));
    await client.hset('{server}:invites:pending', 'zzzzzzzzzz', `${mine}\0${Date.now() + 60_000}`);
    const body = { username: 'patient', password, code };
    assert.equal((await rig.ask('POST', '/register', { body })).status, 410, 'somebody is being made with it');
    // Any registration by another invite settles it.
    rig.forward(120_001);
    const other = await invite(1);
    await rig.ask('POST', '/register', { body: { username: 'patient-0', password, code: other.code } });
    const answer = await rig.ask<SignedIn>('POST', '/register', { body });
    assert.equal(answer.status, 201);
    await client.hset('{server}:invites:pending', answer.body.user.id, `${mine}\0${1}`);
    const again = await rig.ask('POST', '/register', { body: { ...body, username: 'patient-2' } });
    assert.equal(again.status, 410);
    assert.equal(await uses(made.id), 1);
  });

  test('an invite ends when withdrawn, after its days, and with the rights of its maker', async () => {
    const withdrawn = await invite(5);
    const path = `/invites/${withdrawn.invite.id}`;
    assert.equal((await rig.ask('DELETE', path, { token: owner })).status, 204);
    const register = (username: string, code: string) =>
      rig.ask('POST', '/register', { body: { username, password, code } });
    assert.equal((await register('no-1', withdrawn.code)).body.code, 'invite_spent');
    const old = await invite(5);
    const admin = await rig.ask<SignedIn>('POST', '/register', { body: { username: 'adm', password, code: old.code } });
    assert.equal(admin.status, 201);
    const role = (to: string) => rig.ask('PATCH', `/users/${admin.body.user.id}`, { token: owner, body: { role: to } });
    await role('admin');
    const theirs = await rig.ask<NewInvite>('POST', '/invites', { token: tokenOf(admin.body), body: { uses: 9 } });
    assert.equal((await register('yes-1', theirs.body.code)).status, 201);
    const maker = (body: object) => rig.ask('PATCH', `/users/${admin.body.user.id}`, { token: owner, body });
    const spent = async (why: string) => {
      const answer = await register('no-2', theirs.body.code);
      assert.deepEqual([answer.status, answer.body.code], [410, 'invite_spent'], why);
    };
    await role('member');
    await spent('T19 its maker is an administrator no more');
    await role('admin');
    assert.equal((await register('yes-2', theirs.body.code)).status, 201, 'and is one again');
    await maker({ status: 'disabled' });
    await spent('T19 its maker is disabled');
    await maker({ status: 'active', role: 'member' });
    await spent('T19 its maker came back without the rights');
    rig.forward(7 * 86_400_000 + 1);
    assert.equal((await register('no-3', old.code)).body.code, 'invite_spent');
    const shown = await rig.ask('GET', '/invites', { token: owner });
    for (const code of [old.code, withdrawn.code]) assert.equal(shown.text.includes(code), false);
    const audit = await rig.ask<{ entries: AuditEntry[] }>('GET', '/audit?limit=200', { token: owner });
    assert.ok(audit.body.entries.some(({ act, target }) => act === 'invite.revoked' && target === withdrawn.invite.id));
    assert.equal(audit.text.includes(old.code), false);
  });

  test('a name is one person’s, however it is written and over whichever node', async () => {
    await mode('open');
    const ways = ['Zoë_x', 'zoë_X', 'ZOË_X', 'Zoe\u0308_x', 'ｚｏë_x'];
    const answers = await together([rig, node], 20, (each, at) =>
      each.ask('POST', '/register', { body: { username: ways[at % ways.length], password } }),
    );
    assert.deepEqual(statuses(answers), { 201: 1, 409: 19 });
    for (const { status, body } of answers) if (status === 409) assert.equal(body.code, 'name_taken');
    assert.equal((await rig.ask('POST', '/register', { body: { username: 'Capa', password } })).status, 201);
    const twin = await rig.ask('POST', '/register', { body: { username: 'Сара', password } });
    assert.equal(twin.status, 409, 'it looks like capa');
  });

  test('a name whose user was never kept is free again', async () => {
    const client = rig.redis.client();
    await client.set('name:dangling', 'zzzzzzzzzz');
    await client.set('name:coming', 'zzzzzzzzzz', 'PX', 60_000);
    const body = { username: 'dangling', password };
    assert.equal((await rig.ask('POST', '/register', { body })).status, 201);
    assert.equal((await rig.ask('POST', '/register', { body: { ...body, username: 'coming' } })).status, 409);
    assert.equal(await client.pttl('name:dangling'), -1);
  });

  test('a name whose hold was over is not confirmed, and the hold of another is not ended', async () => {
    const names = createNames({ redis: rig.door });
    const [one, other] = ['aaaaaaaaaa', 'bbbbbbbbbb'] as UserId[] as [UserId, UserId];
    assert.equal(await names.reserve('held', one, 60_000), undefined);
    assert.deepEqual(await names.reserve('held', other, 60_000), { user: one, kept: false });
    assert.equal(await names.confirm('held', other), false);
    await names.release('held', other);
    assert.equal(await names.confirm('held', one), true);
    assert.deepEqual(await names.read('held'), { user: one, kept: true });
    assert.equal(await names.confirm('gone', one), false);
  });

  test('an account whose first session was not opened is kept by signing in', async () => {
    const client = rig.redis.client();
    const { body } = await rig.ask<SignedIn>('POST', '/register', { body: { username: 'halfway', password } });
    const key = `{u:${body.user.id}}`;
    await client.pexpire(key, 600_000);
    await client.hdel(key, 'settled');
    await client.del('{server}:directory', '{server}:directory:rows');
    const signed = await rig.ask<{ user: Me }>('POST', '/login', { body: { username: 'halfway', password } });
    assert.equal(signed.status, 200);
    assert.equal(await client.pttl(key), -1);
    const found = await rig.ask<{ users: { id: string }[] }>('GET', '/users?q=halfw', { token: owner });
    assert.deepEqual(
      found.body.users.map(({ id }) => id),
      [body.user.id],
    );
  });

  test('an hour takes so many registrations of an address; those that fail do not count', async (t) => {
    const strict = await rig.node({ limits: { registrationsPerHour: 2 }, fixed: { registration: 'open' } });
    t.after(() => strict.stop());
    const address = '203.0.113.7';
    const register = (username: string, from = address) =>
      strict.ask('POST', '/register', { body: { username, password }, address: from });
    assert.equal((await register('h-1')).status, 201);
    for (let at = 0; at < 3; at += 1) assert.equal((await register('h-1')).status, 409);
    assert.equal((await register('h-2')).status, 201);
    const over = await register('h-3');
    assert.equal(over.status, 429);
    assert.ok(Number(over.headers['retry-after']) > 3_000);
    assert.equal((await register('h-3', '203.0.113.8')).status, 201);
    strict.forward(3_600_001);
    assert.equal((await register('h-4')).status, 201);
  });
});
