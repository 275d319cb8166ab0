import { after, afterEach, before } from 'node:test';
import { type Client, createClient, type Way } from '@rill/client';
import { type Proxy, startProxy, startServer, type TestServer } from '@rill/harness';
import { live, PASSWORD, type World } from './scenarios.ts';

/** A real server, and clients that reach it in one way only. */
export function realWorld(way: Way): World {
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
      const client = createClient({ url: `http://127.0.0.1:${shaky ? proxy.port : server.port}`, way });
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
  return world;
}
