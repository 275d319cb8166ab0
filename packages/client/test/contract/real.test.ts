import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Client, createClient } from '@rill/client';
import { type Proxy, startProxy, startServer, type TestServer } from '@rill/harness';
import { live, PASSWORD, scenarios, type World } from './scenarios.ts';

let server: TestServer;
let proxy: Proxy;
const clients: Client[] = [];
const accounts = new Set<string>();

before(async () => {
  server = await startServer({
    env: { LIMIT_SENDS_PER_SECOND: '1000', LIMIT_SEND_BURST: '1000', LIMIT_ROOM_SENDS_PER_SECOND: '1000' },
  });
  proxy = await startProxy({ host: '127.0.0.1', port: server.port });
  await server.owner({ username: 'ann', password: PASSWORD });
  accounts.add('ann');
});
afterEach(async () => {
  proxy.refuse(false);
  for (const client of clients.splice(0)) await client.close();
});
after(async () => {
  await proxy.stop();
  await server.stop();
});

const world: World = {
  client(shaky = false) {
    const client = createClient({ url: `http://127.0.0.1:${shaky ? proxy.port : server.port}` });
    clients.push(client);
    return client;
  },
  async enter(username, shaky) {
    const client = world.client(shaky);
    await client.start();
    const who = { username, password: PASSWORD };
    if (accounts.has(username)) await client.session.login(who);
    else await client.session.register(who);
    accounts.add(username);
    await live(client);
    return client;
  },
  breakNetwork() {
    proxy.refuse(true);
    proxy.reset();
  },
  mendNetwork: () => proxy.refuse(false),
};

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
