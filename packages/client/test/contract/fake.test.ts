import { afterEach, beforeEach, test } from 'node:test';
import { type Client, createClient, systemClock, type Transport } from '@rill/client';
import { FakeServer } from '@rill/client/testing';
import { live, PASSWORD, scenarios, type World } from './scenarios.ts';

let server: FakeServer;
let isDown = false;
let shakyLines: Set<() => void>;
const clients: Client[] = [];

beforeEach(() => {
  server = new FakeServer({ clock: systemClock });
  server.person('ann', PASSWORD);
  isDown = false;
  shakyLines = new Set();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** A transport over a network that breaks. */
function shaky(inner: Transport): Transport {
  return {
    exchange: (request) => (isDown ? Promise.reject(new TypeError('fetch failed')) : inner.exchange(request)),
    open(listener) {
      const end = () => {
        shakyLines.delete(end);
        line.close();
        listener.closed(1006, '');
      };
      const line = inner.open({ ...listener, opened: () => (isDown ? end() : listener.opened()) });
      shakyLines.add(end);
      return {
        send: (text) => line.send(text),
        close() {
          shakyLines.delete(end);
          line.close();
        },
      };
    },
  };
}

const world: World = {
  client(isShaky = false) {
    const transport = server.transport();
    const client = createClient({
      url: 'http://fake',
      transport: isShaky ? shaky(transport) : transport,
      auth: 'token',
    });
    clients.push(client);
    return client;
  },
  async enter(username, isShaky) {
    const client = world.client(isShaky);
    await client.start();
    const isKnown = [...server.people.values()].some(({ me }) => me.username === username);
    if (isKnown) await client.session.login({ username, password: PASSWORD });
    else await client.session.register({ username, password: PASSWORD });
    await live(client);
    return client;
  },
  breakNetwork() {
    isDown = true;
    for (const end of [...shakyLines]) end();
  },
  mendNetwork() {
    isDown = false;
  },
};

for (const [name, scenario] of Object.entries(scenarios)) test(`on the fake server: ${name}`, () => scenario(world));
