import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { LIMITS, type SignedIn } from '@rill/protocol';
import { createHashing } from '../src/domain/hashing.ts';
import { network } from '../src/domain/network.ts';
import { Refusal } from '../src/domain/refusal.ts';
import { type Answer, PASSWORD, type Rig, startRig, tokenOf } from './accounts-rig.ts';

const password = PASSWORD;

describe('signing in', () => {
  let rig: Rig;
  let owner: SignedIn;
  before(async () => {
    rig = await startRig();
    owner = await rig.owner();
  });
  after(() => rig.stop());
  const login = (username: string, secret: string, address?: string, at = rig) =>
    at.ask('POST', '/login', {
      body: { username, password: secret },
      ...(address === undefined ? {} : { address }),
    });

  test('the same bytes whether the account is missing, disabled, impossible, or the password wrong', async () => {
    const dora = await rig.register('dora');
    const body = { status: 'disabled' };
    const disabled = await rig.ask('PATCH', `/users/${dora.user.id}`, { token: tokenOf(owner), body });
    assert.equal(disabled.status, 200);
    const seen = (answer: Answer<unknown>) => {
      const { 'x-request-id': _id, date: _date, ...headers } = answer.headers;
      return JSON.stringify([answer.status, headers, answer.text]);
    };
    const wrong = seen(await login('owner', 'not-the-Password-1'));
    assert.match(wrong, /wrong_credentials/);
    const others: [string, string][] = [
      ['nobody-at-all', password],
      ['dora', password],
      ['dora', 'not-the-Password-1'],
      ['', password],
      ['a', password],
      ['own\u200ber', password],
      ['{u:x}', password],
      ['*', password],
      ['owner', ''],
      ['owner', password.toUpperCase()],
      ['owner', `${password} `],
      ['owner', password.slice(0, -1)],
    ];
    for (const [username, secret] of others) assert.equal(seen(await login(username, secret)), wrong, username);
  });

  test('it takes as much work: one hash of the same cost, whoever it is', async () => {
    const hashing = createHashing();
    const phc = await hashing.hash(password);
    assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.notEqual(await hashing.hash(password), phc, 'salted');
    assert.equal(await hashing.verify(password, phc), true);
    assert.equal(await hashing.verify(`${password}x`, phc), false);
    assert.equal(await hashing.verify(password, undefined), false);
    const median = async (verify: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let at = 0; at < 15; at += 1) {
        const began = process.cpuUsage();
        await verify();
        const { user, system } = process.cpuUsage(began);
        times.push(user + system);
      }
      return times.sort((one, other) => one - other)[7] ?? 0;
    };
    const ratio = (await median(() => hashing.verify('x', phc))) / (await median(() => hashing.verify('x', undefined)));
    assert.ok(ratio > 0.5 && ratio < 2, `work of a known against an unknown account: ${ratio}`);
  });

  test('a password is taken whole: 72 bytes and more count, and the same characters are the same', async () => {
    const long = randomBytes(54).toString('base64url');
    await rig.register('long', { password: `${long}X` });
    assert.equal((await login('long', `${long}X`)).status, 200);
    assert.equal((await login('long', `${long}Y`)).status, 401);
    assert.equal((await login('long', long)).status, 401);
    const unicode = `密码🐼é熊猫吃竹子很慢${'ö'.repeat(40)}`;
    await rig.register('wide', { password: unicode });
    assert.equal((await login('wide', unicode.normalize('NFD'))).status, 200);
    const most = randomBytes(768).toString('base64url');
    await rig.register('most', { password: most });
    assert.equal((await login('most', most)).status, 200);
    assert.equal((await login('most', most.slice(0, -1))).status, 401);
  });

  test('more hashes than can wait are refused as overloaded, and the others are answered', async () => {
    const hashing = createHashing();
    const asked = await Promise.allSettled(Array.from({ length: 80 }, () => hashing.verify('x', undefined)));
    const refused = asked.filter((each) => each.status === 'rejected');
    assert.equal(refused.length, 80 - 2 - 64);
    for (const { reason } of refused) assert.ok(reason instanceof Refusal && reason.code === 'overloaded');
    assert.equal(await hashing.verify('x', undefined), false, 'the places are free again');
  });
});

describe('attempts at signing in', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig({ limits: { loginsPerMinute: LIMITS.loginsPerMinute, loginsPerAddressMinute: 30 } });
    await rig.owner();
  });
  after(() => rig.stop());
  const login = (username: string, secret: string, address: string, at = rig) =>
    at.ask('POST', '/login', { body: { username, password: secret }, address });

  test('after five a minute the right password waits too, longer each time, and is let in at the end', async (t) => {
    const node = await rig.node();
    t.after(() => node.stop());
    const address = '198.51.100.1';
    for (const wait of [60, 120, 240, 480, 900, 900]) {
      for (let at = 0; at < 5; at += 1) {
        assert.equal((await login('owner', 'wrong-Password-9', address, at % 2 ? rig : node)).status, 401);
      }
      const limited = await login('OWNER', password, address);
      assert.equal(limited.status, 429);
      const seconds = Number(limited.headers['retry-after']);
      assert.ok(seconds <= wait && seconds > wait - 10, `${seconds} of ${wait}`);
      for (const each of [rig, node]) each.forward(seconds * 1_000);
    }
    assert.equal((await login('owner', password, address)).status, 200);
    for (let at = 0; at < 4; at += 1) await login('owner', 'wrong-Password-9', address);
    assert.equal((await login('owner', password, address)).status, 200, 'a success clears the count');
  });

  test('no stranger elsewhere can keep anybody out', async () => {
    for (let at = 0; at < 6; at += 1) await login('owner', 'wrong-Password-9', '198.51.100.2');
    assert.equal((await login('owner', password, '198.51.100.2')).status, 429);
    assert.equal((await login('owner', password, '198.51.100.3')).status, 200);
  });

  test('the same for an account that is not there, and for a name in any writing', async () => {
    const address = '198.51.100.4';
    const texts = new Set<string>();
    for (let at = 0; at < 5; at += 1) texts.add((await login('ghost', password, address)).text);
    const limited = await login('Ｇhost', password, address);
    assert.equal(limited.status, 429);
    assert.equal(texts.size, 1);
    const known = '198.51.100.5';
    for (let at = 0; at < 5; at += 1) await login('owner', 'wrong-Password-9', known);
    assert.equal((await login('owner', password, known)).text, limited.text);
  });

  test('an address has 30 a minute in all, and a network of IPv6 is one address', async () => {
    const address = (at: number) => `2001:db8:1:2:${at.toString(16)}::${at}`;
    let limited = 0;
    for (let at = 0; at < 33; at += 1) {
      if ((await login(`name-${at}`, password, address(at + 1))).status === 429) limited += 1;
    }
    assert.equal(limited, 3);
    assert.equal((await login('name-1', password, '2001:db8:1:3::1')).status, 401);
    assert.equal(network('::ffff:192.0.2.1'), '192.0.2.1');
    assert.equal(network('2001:DB8::1'), '2001:db8:0:0');
    assert.equal(network('fe80::1%eth0'), 'fe80:0:0:0');
    assert.equal(network('::1'), '0:0:0:0');
  });

  test('nothing of who tried what stands in Redis', async () => {
    await login('owner', 'canary-Password-77', '198.51.100.77');
    const client = rig.redis.client();
    const keys = await client.keys('pace:*');
    assert.ok(keys.length > 3);
    for (const key of keys) {
      assert.match(key, /^pace:[a-z]+:[\w-]{22}$/);
      assert.ok((await client.pttl(key)) > 0, 'it ends');
    }
  });
});
