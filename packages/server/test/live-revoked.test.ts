import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, newNonce, openLine, PASSWORD, type Person, startServer } from '@rill/harness';
import { type Nodes, startNodes } from './live-nodes.ts';

let nodes: Nodes;
let owner: Person;
before(async () => {
  nodes = await startNodes();
  owner = await nodes.one.owner();
});
after(() => nodes.stop());

/** Sockets of one session on both nodes. */
const onBoth = (person: Person) => Promise.all([person.at(nodes.one.url).live(), person.at(nodes.two.url).live()]);

/** They close as signed out, within the promised time; how long it took is not looked at closer. */
async function assertSignedOut(lines: readonly Line[], act: () => Promise<unknown>): Promise<void> {
  const closed = Promise.all(lines.map((line) => line.closed));
  await act();
  const late = sleep(2_000, undefined, { ref: false });
  const codes = await Promise.race([closed, late]);
  assert.ok(codes !== undefined, 'closed within 2 s');
  for (const { code, reason } of codes) {
    assert.equal(code, 4401);
    assert.equal(reason, 'signed_out');
  }
}

test('P7 signing out closes the session’s sockets on every node, and only those', async () => {
  const ann = await nodes.one.person();
  const elsewhere = await ann.again();
  const other = await elsewhere.live();
  await assertSignedOut(await onBoth(ann), () => ann.post('/logout'));
  await other.take('personal', ({ event }) => event.kind === 'sessions.changed');
  assert.equal((await ann.ask('GET', '/me')).status, 401);
  await other.ack({ type: 'ping' });
  await other.close();
});

test('P7 a session ended from another one is out', async () => {
  const ann = await nodes.one.person();
  const elsewhere = (await ann.again()).at(nodes.two.url);
  await assertSignedOut(await onBoth(ann), () => elsewhere.delete(`/sessions/${ann.session}`));
});

test('P7 a new password ends every other session', async () => {
  const ann = await nodes.one.person();
  const elsewhere = await ann.again();
  const mine = await elsewhere.live();
  await assertSignedOut(await onBoth(ann), () =>
    elsewhere.put('/me/password', { password: PASSWORD, newPassword: `${PASSWORD} 2` }),
  );
  await mine.ack({ type: 'ping' });
  await mine.close();
});

test('P7 a disabled user is out everywhere', async () => {
  const ann = await nodes.one.person();
  await assertSignedOut(await onBoth(ann), () =>
    owner.at(nodes.two.url).patch(`/users/${ann.id}`, { status: 'disabled' }),
  );
  const line = await halfway(ann);
  assert.equal((await line.closed).code, 4401);
});

/** A socket that has just said hello. */
async function halfway(person: Person): Promise<Line> {
  const line = await openLine(nodes.two.url);
  line.socket.send(JSON.stringify({ type: 'hello', ref: 'h', token: person.token }));
  return line;
}

test('P7 a hello that runs while its session is ended never gets a welcome that lasts', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ann = await nodes.one.person();
    const elsewhere = await ann.again();
    const room = await elsewhere.makeRoom({ name: 'mine' });
    const racing = Array.from({ length: 4 }, () => halfway(ann));
    const lines = await Promise.all(racing);
    await elsewhere.delete(`/sessions/${ann.session}`);
    await elsewhere.say(room.id, `canary ${newNonce()}`);
    for (const line of lines) {
      assert.equal((await line.closed).code, 4401);
      assert.ok(!JSON.stringify(line.seen).includes('canary'));
    }
  }
});

test('P7 a session that is over closes its sockets; one that was used meanwhile goes on', async () => {
  let ahead = 0;
  const server = await startServer({ clock: { now: () => Date.now() + ahead } });
  try {
    await server.owner();
    const ann = await server.person();
    const other = await ann.again();
    const [line, used] = await Promise.all([ann.live(), other.live()]);
    const day = 86_400_000;
    ahead = 29 * day;
    await other.get('/me');
    ahead = 31 * day;
    const { code, reason } = await line.closed;
    assert.deepEqual([code, reason], [4401, 'signed_out']);
    await used.ack({ type: 'ping' });
    await used.close();
  } finally {
    await server.stop();
  }
});
