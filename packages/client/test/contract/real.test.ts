import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realWorld } from './real-world.ts';
import { scenarios } from './scenarios.ts';

const world = realWorld('webSocket');

for (const [name, scenario] of Object.entries(scenarios)) test(`on the real server: ${name}`, () => scenario(world));

test('administration', async () => {
  const ann = await world.enter('ann');
  const bob = await world.enter('bob');
  const { administration } = ann;
  const { invite, code } = await administration.invites.make(3);
  assert.ok(code.length > 8);
  assert.ok((await administration.invites.list()).some((each) => each.id === invite.id));
  await administration.invites.revoke(invite.id);
  assert.equal((await administration.settings.change({ name: 'Our place' })).name, 'Our place');
  assert.equal((await administration.settings.read()).name, 'Our place');
  const state = bob.session.snapshot();
  assert.ok(state.name === 'signed-in');
  const link = await administration.users.resetLink(state.me.id);
  assert.ok(link.url.includes(link.code));
  const { users } = await administration.users.page();
  assert.ok(users.some((user) => user.username === 'bob'));
  const { entries } = await administration.audit();
  assert.ok(entries.some((entry) => entry.act === 'invite.revoked'));
  await assert.rejects(bob.administration.audit(), { status: 403 });
});
