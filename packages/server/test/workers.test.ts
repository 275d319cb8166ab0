import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { newNonce, register, startServerProcess, until } from '@rill/harness';

/** The processes of workers: children that are Node. */
async function workersOf(pid: number): Promise<number[]> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
  const named = await Promise.all(
    children.map(async (child) => [child, await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')] as const),
  );
  return named.flatMap(([child, line]) => (line.includes('main.ts') ? [child] : []));
}

test('P1 P3 several workers on one port are one chat, and one that dies is replaced', async (t) => {
  const server = await startServerProcess({ env: { WORKERS: '2' } });
  t.after(server.stop);
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const ann = await register(server.url);
  const { id: room } = await owner.makeRoom({ members: [ann.id] });
  // Connections go round, so some are at each worker.
  const lines = await Promise.all([ann.live(), ann.live(), ann.live(), ann.live()]);
  const { seq } = await owner.say(room, 'to all of them');
  await Promise.all(
    lines.map((line) => line.take('event', ({ event }) => event.kind === 'message.sent' && event.message.seq === seq)),
  );

  for (let asked = 0; asked < 4; asked += 1) {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /^rill_sockets 4$/m, 'every worker tells of all');
  }

  const [victim, ...others] = await workersOf(server.pid());
  assert.ok(victim);
  assert.equal(others.length, 1);
  process.kill(victim, 'SIGKILL');
  await Promise.race(lines.map((line) => line.closed));
  const nonce = newNonce();
  await until('a send gets through', async () => {
    const answer = await owner.ask('POST', `/rooms/${room}/messages`, { nonce, text: 'after' }).catch(() => undefined);
    return answer !== undefined && answer.status < 300;
  });
  await until('there are two again', async () => (await workersOf(server.pid())).length === 2);
  assert.equal((await owner.page(room)).messages.at(-1)?.seq, seq + 1);
});

test('several workers stop in order', async (t) => {
  const server = await startServerProcess({ env: { WORKERS: '2' } });
  t.after(server.stop);
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const line = await owner.live();
  const workers = await workersOf(server.pid());
  const [code, { code: closing }] = await Promise.all([server.stop(), line.closed]);
  assert.equal(code, 0);
  assert.equal(closing, 1012);
  for (const worker of workers) assert.throws(() => process.kill(worker, 0), { code: 'ESRCH' });
});
