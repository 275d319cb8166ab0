import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '@rill/harness';
import { handshakeOf, openRaw } from './raw-socket.ts';

const REQUESTS = 60;
const PENDING = 3;

describe('T37 limits of an address', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({
      env: {
        TRUST_PROXY: 'true',
        LIMIT_REQUESTS_PER_MINUTE: String(REQUESTS),
        LIMIT_PENDING_SOCKETS_PER_ADDRESS: String(PENDING),
      },
    });
  });
  after(() => server?.stop());
  const statusFor = async (address: string) =>
    (await fetch(`${server.url}/api/v1/server`, { headers: { 'x-forwarded-for': address } })).status;
  const openFor = (address: string) => openRaw(server.port, handshakeOf(server.port, { 'X-Forwarded-For': address }));

  test('requests: whoever has a network of IPv6 has one share, the neighbour another', async () => {
    const statuses = [];
    for (let at = 1; at <= REQUESTS + 2; at += 1) statuses.push(await statusFor(`2001:db8:0:1::${at.toString(16)}`));
    assert.deepEqual(statuses, [...Array(REQUESTS).fill(200), 429, 429]);
    assert.equal(await statusFor('2001:db8:0:2::1'), 200);
    assert.equal(await statusFor('198.51.100.7'), 200);
  });

  test('sockets that have not said who they are: the same', async () => {
    const sockets = [];
    for (let at = 1; at <= PENDING + 1; at += 1) sockets.push(await openFor(`2001:db8:1:1::${at.toString(16)}`));
    assert.deepEqual(
      sockets.map(({ status }) => status),
      [...Array(PENDING).fill(101), 429],
    );
    const neighbour = await openFor('2001:db8:1:2::1');
    assert.equal(neighbour.status, 101);
    for (const { socket } of [...sockets, neighbour]) socket.destroy();
  });
});
