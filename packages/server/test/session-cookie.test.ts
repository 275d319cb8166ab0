import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Me, Problem, SignedIn } from '@rill/protocol';
import { PASSWORD as password, type Rig, startRig, tokenOf } from './accounts-rig.ts';

describe('the session cookie', () => {
  let rig: Rig;
  let cookie: string;
  const body = { username: 'owner', password, session: 'cookie' };
  before(async () => {
    rig = await startRig();
    await rig.owner();
    const signed = await rig.ask<SignedIn>('POST', '/login', { body });
    assert.equal('token' in signed.body.session, false);
    cookie = String(signed.headers['set-cookie']);
  });
  after(() => rig.stop());
  const value = () => cookie.split(';')[0] ?? '';
  const change = (headers: Record<string, string>, at = rig) =>
    at.ask('PATCH', '/me', { body: { locale: 'en' }, headers: { cookie: value(), ...headers } });

  test('is for this host alone, unseen by scripts, and over https bound to it', async (t) => {
    assert.match(cookie, /^rill=[0-9a-z]{10}\.[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const proxied = await rig.node({ trustProxy: true });
    t.after(() => proxied.stop());
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.test' };
    const signed = await proxied.ask('POST', '/login', { body, headers });
    assert.match(String(signed.headers['set-cookie']), /^__Host-rill=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    // A proxy that nobody trusts cannot say that it is https.
    const claimed = await rig.ask('POST', '/login', { body, headers });
    assert.match(String(claimed.headers['set-cookie']), /^rill=/);
    // The name without the prefix is nothing over https: any neighbour could have set it.
    const over = await proxied.ask('GET', '/me', { headers: { ...headers, cookie: value() } });
    assert.equal(over.status, 401);
  });

  test('reads without an Origin, and changes only from a page of ours', async () => {
    assert.equal((await rig.ask<Me>('GET', '/me', { headers: { cookie: value() } })).status, 200);
    assert.equal((await change({ origin: 'http://chat.test' })).status, 200);
    assert.equal((await change({ origin: 'https://chat.test' })).status, 200, 'a proxy may speak https for us');
    const foreign = [
      'https://evil.test',
      'null',
      'http://chat.test.evil.test',
      'http://chat.test:81',
      'http://evil.test:80',
    ];
    for (const origin of [...foreign, 'chat.test', 'http://chat.test/', 'http://chat.test@evil.test', '']) {
      const answer = await change({ origin });
      assert.equal(answer.status, 403, origin);
      assert.equal(answer.body.code, 'origin_refused');
    }
    assert.equal((await change({})).body.code, 'origin_refused', 'missing');
    for (const [method, path] of [
      ['POST', '/logout'],
      ['DELETE', '/sessions/aaaaaaaaaaaa'],
      ['PUT', '/me/password'],
    ] as const) {
      const answer = await rig.ask<Problem>(method, path, {
        headers: { cookie: value(), origin: 'https://evil.test' },
      });
      assert.equal(answer.body.code, 'origin_refused', path);
    }
  });

  test('bearer is exempt, and where both come, it counts alone', async () => {
    const token = tokenOf((await rig.ask<SignedIn>('POST', '/login', { body: { username: 'owner', password } })).body);
    const asking = { token, body: { locale: 'en' }, headers: { origin: 'https://evil.test' } };
    assert.equal((await rig.ask('PATCH', '/me', asking)).status, 200);
    const mixed = { token: 'zzzzzzzzzz.x', headers: { cookie: value(), origin: 'http://chat.test' } };
    assert.equal((await rig.ask('GET', '/me', mixed)).status, 401);
  });

  test('PUBLIC_URL and ORIGINS name the pages exactly', async (t) => {
    const named = await rig.node({ publicUrl: 'https://chat.example', origins: ['http://dev.example:5173'] });
    t.after(() => named.stop());
    for (const origin of ['https://chat.example', 'http://dev.example:5173']) {
      assert.equal((await change({ origin }, named)).status, 200, origin);
    }
    for (const origin of [
      'http://chat.example',
      'https://chat.example:8443',
      'http://chat.test',
      'http://dev.example',
    ]) {
      assert.equal((await change({ origin }, named)).status, 403, origin);
    }
  });

  test('a foreign page can neither sign anybody in by cookie nor bring its own session (fixation)', async () => {
    const foreign = await rig.ask('POST', '/login', { body, headers: { origin: 'https://evil.test' } });
    assert.equal(foreign.body.code, 'origin_refused');
    const fixed = `rill=zzzzzzzzzz.${'A'.repeat(43)}`;
    const signed = await rig.ask('POST', '/login', { body, headers: { cookie: fixed, origin: 'http://chat.test' } });
    assert.equal(signed.status, 200);
    assert.equal(String(signed.headers['set-cookie']).includes('A'.repeat(43)), false);
    assert.equal((await rig.ask('GET', '/me', { headers: { cookie: fixed } })).status, 401);
    const old = String(signed.headers['set-cookie']).split(';')[0] ?? '';
    const out = await rig.ask('POST', '/logout', { headers: { cookie: old, origin: 'http://chat.test' } });
    assert.equal(out.status, 204);
    assert.match(String(out.headers['set-cookie']), /^rill=; .*Expires=Thu, 01 Jan 1970/);
    assert.equal((await rig.ask('GET', '/me', { headers: { cookie: old } })).status, 401);
  });

  test('of several cookies of the name the first counts', async () => {
    const fake = `rill=zzzzzzzzzz.${'A'.repeat(43)}`;
    const status = async (sent: string) => (await rig.ask('GET', '/me', { headers: { cookie: sent } })).status;
    assert.equal(await status(`${value()}; ${fake}`), 200);
    assert.equal(await status(`${fake}; ${value()}`), 401);
    assert.equal(await status(Array.from({ length: 50 }, () => fake).join('; ')), 401);
  });
});
