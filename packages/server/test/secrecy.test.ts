import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { NewInvite, ResetLink, SignedIn } from '@rill/protocol';
import { type Rig, startRig, tokenOf } from './accounts-rig.ts';

/** Every key with all that it holds, as bytes. */
async function everything(rig: Rig): Promise<Buffer> {
  const client = rig.redis.client();
  const parts: Buffer[] = [];
  for (const key of await client.keys('*')) {
    parts.push(Buffer.from(key), (await client.dumpBuffer(key)) ?? Buffer.alloc(0));
  }
  return Buffer.concat(parts);
}

async function filesOf(folder: string): Promise<Buffer> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  return Buffer.concat(await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name)))));
}

test('no password, token, code or cookie stands in Redis, in its files, in the log, or in an answer to anybody else', async (t) => {
  const rig = await startRig({ fixed: { registration: 'invite' } });
  t.after(() => rig.stop());
  const ownerCode = (await rig.parts.administration.ownerCode()) ?? '';
  const owner = await rig.owner();
  const token = tokenOf(owner);
  const canary = (name: string) => `cnry-${name}-Lantern-58`;
  const secrets = new Map([['owner code', ownerCode]]);
  const keep = (name: string, secret: string) => {
    secrets.set(name, secret);
    return secret;
  };

  const invite = (await rig.ask<NewInvite>('POST', '/invites', { token, body: { uses: 5 } })).body;
  keep('invite', invite.code);
  const first = keep('password', canary('first'));
  const body = { username: 'mole', password: first, code: invite.code };
  const mole = (await rig.ask<SignedIn>('POST', '/register', { body })).body;
  const secretPart = (signed: SignedIn) => tokenOf(signed).split('.')[1] ?? '';
  keep('token', secretPart(mole));
  await rig.ask('POST', '/login', { body: { username: 'mole', password: keep('wrong password', canary('wrong')) } });
  const second = keep('new password', canary('second'));
  const change = { password: first, newPassword: second };
  assert.equal((await rig.ask('PUT', '/me/password', { token: tokenOf(mole), body: change })).status, 204);
  const link = (await rig.ask<ResetLink>('POST', `/users/${mole.user.id}/reset-link`, { token })).body;
  keep('reset link', link.code.split('.')[1] ?? '');
  const third = keep('reset password', canary('third'));
  assert.equal((await rig.ask('POST', '/reset', { body: { code: link.code, newPassword: third } })).status, 204);
  const signed = await rig.ask('POST', '/login', { body: { username: 'mole', password: third, session: 'cookie' } });
  const cookie = String(signed.headers['set-cookie']).split(';')[0] ?? '';
  keep('cookie', cookie.split('.')[1] ?? '');
  assert.equal(signed.text.includes(secrets.get('cookie') ?? '-'), false, 'a page’s scripts never see it');
  // Where mistakes are noted.
  await rig.ask('GET', '/me', { token: `${mole.user.id}.${keep('odd token', 'cnry'.repeat(12))}` });
  await rig.ask('POST', '/login', {
    body: `{"username":"mole","password":"${keep('broken body', 'cnry-broken-body-77')}"`,
  });
  await rig.ask('POST', '/login', { body: { username: keep('odd name', 'cnry-odd-name-7777'), password: 7 } });
  const answers = await Promise.all(
    ['/users', '/audit', '/invites', '/sessions', '/settings', '/server', `/users/${mole.user.id}`].map((path) =>
      rig.ask('GET', path, { token }),
    ),
  );

  const stored = await everything(rig);
  const places = new Map<string, Buffer>([
    ['Redis', stored],
    ['the files of Redis', await filesOf(rig.redis.folder)],
    ['the log', Buffer.from(rig.logged())],
    ['answers to others', Buffer.from(answers.map(({ text }) => text).join('\n'))],
  ]);
  assert.ok(stored.includes('mole') && stored.includes('$argon2id$'), 'what is there is seen');
  assert.ok(rig.logged().length > 100);
  for (const [place, bytes] of places) {
    for (const [name, secret] of secrets) {
      assert.ok(secret.length >= 16);
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
        assert.equal(bytes.includes(form), false, `${name} in ${place}`);
      }
    }
  }
});
