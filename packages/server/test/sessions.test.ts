import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '@rill/harness';
import type { Sessions, SignedIn } from '@rill/protocol';
import type { LineEntry } from '../src/store/user-line.ts';
import { PASSWORD, type Rig, startRig, tokenOf } from './accounts-rig.ts';

const DAY = 86_400_000;
const password = PASSWORD;

describe('sessions', () => {
  let rig: Rig;
  let node: Rig;
  let owner: SignedIn;
  before(async () => {
    rig = await startRig();
    node = await rig.node();
    owner = await rig.owner();
  });
  after(async () => {
    await node.stop();
    await rig.stop();
  });
  const login = async (username: string, secret = password, device = 'test') => {
    const asking = { body: { username, password: secret }, headers: { 'user-agent': device } };
    return (await rig.ask<SignedIn>('POST', '/login', asking)).body;
  };
  /** Whether a session is good on every node. */
  const good = async (signed: SignedIn) => {
    const asked = await Promise.all([rig, node].map((each) => each.ask('GET', '/me', { token: tokenOf(signed) })));
    const [one, other] = asked.map(({ status }) => status);
    assert.equal(one, other);
    return one === 200;
  };
  /** What other nodes are told of a user's sessions, as it happens. */
  const told = async (signed: SignedIn) => {
    const entries: LineEntry[] = [];
    await node.parts.userLine.subscribe(signed.user.id, (_rev, entry) => {
      if (entry.kind === 'sessions.ended') entries.push(entry);
    });
    return {
      entries,
      async next(count = 1) {
        await until('it is told', () => entries.length >= count);
        return entries.at(-1);
      },
    };
  };

  test('P7 a logout, an ended session, a new password, a disabled user: refused at once everywhere, and told', async () => {
    const kinds: [
      string,
      (mine: SignedIn, other: SignedIn) => Promise<number>,
      boolean[],
      (mine: SignedIn, other: SignedIn) => object,
    ][] = [
      [
        'logout',
        async (mine) => (await rig.ask('POST', '/logout', { token: tokenOf(mine) })).status,
        [false, true],
        (mine) => ({ sessions: [mine.session.id] }),
      ],
      [
        'ended by another session',
        async (mine, other) =>
          (await rig.ask('DELETE', `/sessions/${other.session.id}`, { token: tokenOf(mine) })).status,
        [true, false],
        (_mine, other) => ({ sessions: [other.session.id] }),
      ],
      [
        'new password',
        async (mine) =>
          (
            await rig.ask('PUT', '/me/password', {
              token: tokenOf(mine),
              body: { password, newPassword: 'another-Lantern-77' },
            })
          ).status,
        [true, false],
        (mine) => ({ sessions: 'all', except: mine.session.id }),
      ],
      [
        'disabled',
        async (mine) => {
          const body = { status: 'disabled' };
          const path = `/users/${mine.user.id}`;
          return (await rig.ask('PATCH', path, { token: tokenOf(owner), body })).status - 200 + 204;
        },
        [false, false],
        () => ({ sessions: 'all' }),
      ],
    ];
    for (const [index, [kind, act, after, entry]] of kinds.entries()) {
      const mine = await rig.register(`person-${index}`);
      const other = await login(`person-${index}`);
      const line = await told(mine);
      assert.ok((await good(mine)) && (await good(other)), kind);
      assert.equal(await act(mine, other), 204, kind);
      assert.deepEqual([await good(mine), await good(other)], after, kind);
      assert.deepEqual(await line.next(), { kind: 'sessions.ended', ...entry(mine, other) }, kind);
    }
  });

  test('P7 no session is opened with a password that was replaced while it was checked', async () => {
    const eve = await rig.register('eve');
    const stale = await rig.redis.client().hget(`{u:${eve.user.id}}`, 'password');
    const body = { password, newPassword: 'another-Lantern-77' };
    assert.equal((await rig.ask('PUT', '/me/password', { token: tokenOf(eve), body })).status, 204);
    const opened = await rig.parts.sessions.open(eve.user.id, stale ?? '', { address: '', device: '' });
    assert.equal(opened, undefined);
    assert.equal(
      (await rig.parts.sessions.list({ user: eve.user.id, session: eve.session.id, role: 'member' })).length,
      1,
    );
  });

  test('P7 a user whom Redis says to be disabled is out, even where a session was left', async () => {
    const zoe = await rig.register('zoe');
    const client = rig.redis.client();
    const checked = (await client.hget(`{u:${zoe.user.id}}`, 'password')) ?? '';
    await client.hset(`{u:${zoe.user.id}}`, 'status', 'disabled');
    assert.equal(await good(zoe), false);
    assert.equal(await rig.parts.sessions.open(zoe.user.id, checked, { address: '', device: '' }), undefined);
    await client.hset(`{u:${zoe.user.id}}`, 'status', 'active');
    assert.equal(await good(zoe), true);
  });

  test('the list shows where one is signed in, and nothing by which one could be', async () => {
    const kim = await rig.register('kim');
    const phone = await login('kim', password, `Phone\u00e9 ${'x'.repeat(500)}`);
    const { body, text } = await rig.ask<Sessions>('GET', '/sessions', { token: tokenOf(phone) });
    assert.deepEqual(body.sessions.map(({ id, current }) => [id, current]).sort(), [
      ...[
        [kim.session.id, false],
        [phone.session.id, true],
      ].sort(),
    ]);
    const shown = body.sessions.find(({ current }) => current);
    assert.equal(shown?.address, '127.0.0.1');
    assert.equal(shown?.device.length, 160);
    for (const { session } of [kim, phone]) assert.equal(text.includes(session.token?.split('.')[1] ?? ''), false);
    // Somebody else's session is not there to be ended.
    const stranger = await rig.ask('DELETE', `/sessions/${owner.session.id}`, { token: tokenOf(kim) });
    assert.equal(stranger.status, 404);
    assert.ok(await good(owner));
  });

  test('a session lives 30 days from its last use and 90 in all', async (t) => {
    const own = await rig.node();
    t.after(() => own.stop());
    const lee = (await own.ask<SignedIn>('POST', '/register', { body: { username: 'lee', password } })).body;
    const idle = (await own.ask<SignedIn>('POST', '/login', { body: { username: 'lee', password } })).body;
    const status = async (signed: SignedIn) => (await own.ask('GET', '/me', { token: tokenOf(signed) })).status;
    const began = Date.parse(lee.session.expiresAt) - 30 * DAY;
    for (let day = 20; day < 90; day += 20) {
      own.forward(20 * DAY);
      assert.equal(await status(lee), 200, `day ${day}`);
    }
    assert.equal(await status(idle), 401);
    own.forward(9 * DAY);
    const found = await own.parts.sessions.authenticate(tokenOf(lee));
    assert.ok(Math.abs((found?.expiresAt ?? 0) - began - 90 * DAY) < 1_000);
    own.forward(DAY + 1);
    assert.equal(await status(lee), 401);
  });

  test('a use is written down once an hour', async (t) => {
    const own = await rig.node();
    t.after(() => own.stop());
    const max = (await own.ask<SignedIn>('POST', '/register', { body: { username: 'max', password } })).body;
    const client = rig.redis.client();
    const dump = () => client.dump(`{u:${max.user.id}}:sessions`);
    const first = await dump();
    own.forward(3_599_000);
    await own.ask('GET', '/me', { token: tokenOf(max) });
    assert.equal(await dump(), first);
    own.forward(1_001);
    await own.ask('GET', '/me', { token: tokenOf(max) });
    assert.notEqual(await dump(), first);
  });

  test('a hundred sessions are a user’s most; the one unused for longest makes room, and is told', async () => {
    const ivy = await rig.register('ivy');
    const client = rig.redis.client();
    const checked = (await client.hget(`{u:${ivy.user.id}}`, 'password')) ?? '';
    const line = await told(ivy);
    for (let at = 0; at < 100; at += 1) {
      await rig.parts.sessions.open(ivy.user.id, checked, { address: '', device: String(at) });
    }
    assert.deepEqual(await line.next(), { kind: 'sessions.ended', sessions: [ivy.session.id] });
    assert.equal(await good(ivy), false);
    assert.equal(await client.hlen(`{u:${ivy.user.id}}:sessions`), 100);
  });

  test('P8 a token of any other form or user is refused and reaches no key', async (t) => {
    const [id = '', secret = ''] = tokenOf(owner).split('.');
    const monitor = await rig.redis.client().monitor();
    t.after(() => monitor.disconnect());
    const commands: string[] = [];
    monitor.on('monitor', (_time: string, args: string[]) => commands.push(args.join(' ')));
    const bad = [
      '',
      '.',
      secret,
      `${id}.`,
      `.${secret}`,
      `${id}.${secret}x`,
      `${id}.${secret.slice(1)}`,
      `{x}.${secret}`,
    ];
    bad.push(
      `${id} .${secret}`,
      `*.${secret}`,
      `${id.toUpperCase()}.${secret}`,
      `zzzzzzzzzz.${secret}`,
      'null',
      'a'.repeat(8_000),
    );
    for (const token of bad) assert.equal((await rig.ask('GET', '/me', { token })).status, 401, token.slice(0, 80));
    for (const authorization of [
      'Bearer',
      `Basic ${secret}`,
      `bearer${tokenOf(owner)}`,
      `Bearer ${tokenOf(owner)} x`,
    ]) {
      assert.equal((await rig.ask('GET', '/me', { headers: { authorization } })).status, 401, authorization);
    }
    assert.equal(
      (await rig.ask('GET', '/me', { headers: { authorization: `bearer  ${tokenOf(owner)}` } })).status,
      200,
    );
    assert.ok(commands.every((each) => !/\{x\}|\*|null/.test(each)));
  });
});
