import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type Client, createClient, type LiveRoom } from '@rill/client';
import { type Person, type Proxy, startProxy, startServer, type TestServer } from '@rill/harness';
import { comes, said } from './people.ts';

let server: TestServer;
let proxy: Proxy;
let ann: Person;
let bob: Person;
const clients: Client[] = [];

before(async () => {
  server = await startServer({ env: { LIMIT_SENDS_PER_SECOND: '1000', LIMIT_SEND_BURST: '1000' } });
  proxy = await startProxy({ host: '127.0.0.1', port: server.port });
  ann = await server.owner({ username: 'ann' });
  bob = await server.person({ username: 'bob' });
});
afterEach(async () => {
  proxy.mend();
  proxy.delay(0);
  for (const client of clients.splice(0)) await client.close();
});
after(async () => {
  await proxy.stop();
  await server.stop();
});

async function enter(person: Person, port = server.port): Promise<Client> {
  const client = createClient({ url: `http://127.0.0.1:${port}`, token: person.token });
  clients.push(client);
  await client.start();
  await live(client);
  return client;
}

const live = (client: Client) => comes(client.connection, ({ name }) => name === 'live');
const sent = (client: Client, left = 0) => comes(client.outbox, ({ items }) => items.length <= left);
const reads = (room: LiveRoom, want: readonly string[]) =>
  comes(room.timeline, () => isDeepStrictEqual(said(room), want)).catch(() => assert.deepEqual(said(room), want));

test('register, sign in, meet, talk, edit, recall, hide, read', async () => {
  const cyd = createClient({ url: server.url });
  clients.push(cyd);
  await cyd.start();
  assert.deepEqual(cyd.session.snapshot(), { name: 'signed-out', ended: false });
  const me = await cyd.session.register({ username: 'cyd', password: 'a password of cyd 123' });
  assert.equal(me.username, 'cyd');
  const a = await enter(ann);
  await live(cyd);
  const [found] = await a.people.search('cyd');
  assert.equal(found?.id, me.id);
  const { id } = await a.rooms.direct([me.id]);
  await comes(cyd.rooms, () => cyd.rooms.get(id) !== undefined);
  const [here, there] = [a.room(id), cyd.room(id)];
  here.open();
  there.open();
  here.send('你好，cyd');
  await reads(there, ['你好，cyd']);
  there.send('hello');
  there.send('typo');
  await reads(here, ['你好，cyd', 'hello', 'typo']);
  assert.equal(a.rooms.get(id)?.unread, 2);
  const last = here.timeline.snapshot().last;
  await there.edit(last, 'no typo');
  await there.recall(last - 1);
  await reads(here, ['你好，cyd', '(recalled)', 'no typo']);
  await comes(a.rooms, () => a.rooms.get(id)?.unread === 1);
  assert.equal(there.reEdit(last - 1), 'hello');
  assert.equal((await here.edits(last)).length, 2);
  await here.hide(last);
  await reads(here, ['你好，cyd', '(recalled)']);
  await comes(a.rooms, () => a.rooms.get(id)?.unread === 0);
  there.markRead();
  await sent(cyd);
  const limits = await cyd.server.load();
  assert.equal(limits.waitsForOwner, false);

  await cyd.session.changeMe({ displayName: 'Cyd 三' });
  await comes(cyd.session, (state) => state.name === 'signed-in' && state.me.displayName === 'Cyd 三');
  assert.equal((await cyd.session.sessions()).length, 1);
  await cyd.session.logout();
  assert.deepEqual(cyd.session.snapshot(), { name: 'signed-out', ended: false });
  assert.deepEqual(cyd.rooms.snapshot().list, []);
  await assert.rejects(cyd.session.login({ username: 'cyd', password: 'wrong' }), { code: 'wrong_credentials' });
});

test('open and closed rooms: found, joined, members, roles, removal (P5)', async () => {
  const a = await enter(ann);
  const b = await enter(bob);
  const { id } = await a.rooms.create({ kind: 'open', name: 'Garden' });
  const { rooms } = await b.rooms.open({ q: 'gard' });
  assert.deepEqual(
    rooms.map((room) => [room.id, room.joined]),
    [[id, false]],
  );
  await b.rooms.join(id);
  const { members, count } = await b.room(id).members.page();
  assert.equal(count, 2);
  assert.deepEqual(members.map(({ user }) => user.username).sort(), ['ann', 'bob']);
  await comes(a.rooms, () => a.rooms.get(id)?.members === 2);
  await a.room(id).members.setRole(bob.id, 'admin');
  await comes(b.rooms, () => b.rooms.get(id)?.role === 'admin');
  await b.room(id).setInvolvement('mentions');
  assert.equal(b.rooms.get(id)?.involvement, 'mentions');
  const room = b.room(id);
  room.open();
  a.room(id).send('before');
  await reads(room, ['before']);
  await a.room(id).members.remove(bob.id);
  await comes(room, ({ name }) => name === 'absent');
  a.room(id).send('after');
  await sent(a);
  assert.deepEqual(said(room), []);
  await a.room(id).change({ name: 'Gardens', topic: 'Plants' });
  assert.equal(a.rooms.get(id)?.name, 'Gardens');
});

test('P2 P3 P4 sends through a line that breaks again and again arrive once, in order, for everybody', async () => {
  const a = await enter(ann, proxy.port);
  const b = await enter(bob, proxy.port);
  const { id } = await a.rooms.create({ kind: 'closed', name: 'Storm', members: [bob.id] });
  await comes(b.rooms, () => b.rooms.get(id) !== undefined);
  const [here, there] = [a.room(id), b.room(id)];
  here.open();
  there.open();
  const want = Array.from({ length: 120 }, (_, index) => `${index}`);
  for (const [index, text] of want.entries()) {
    here.send(text);
    if (index % 30 === 10) proxy.reset();
    if (index % 30 === 20) await sent(a, 15);
  }
  await sent(a);
  proxy.reset();
  await live(b);
  await there.timeline.loadOlder();
  await reads(there, want);
  await here.timeline.loadOlder();
  await reads(here, want);
  assert.equal(b.rooms.get(id)?.unread, want.length);
});

test('a device that was away catches up with what happened, edits and recalls too', async () => {
  const a = await enter(ann);
  const b = await enter(bob, proxy.port);
  const { id } = await a.rooms.create({ kind: 'closed', name: 'Away', members: [bob.id] });
  await comes(b.rooms, () => b.rooms.get(id) !== undefined);
  const [here, there] = [a.room(id), b.room(id)];
  here.open();
  there.open();
  for (const text of ['one', 'two', 'three']) here.send(text);
  await reads(there, ['one', 'two', 'three']);
  const seq = here.timeline.snapshot().last;
  proxy.refuse(true);
  proxy.reset();
  there.send('written while away');
  await here.edit(seq - 2, 'one!');
  await here.recall(seq - 1);
  here.send('four');
  await sent(a);
  proxy.refuse(false);
  b.connection.wake();
  await reads(there, ['one!', '(recalled)', 'three', 'four', 'written while away']);
  await reads(here, ['one!', '(recalled)', 'three', 'four', 'written while away']);
});

test('P7 a sign-in that is ended elsewhere ends here, and nothing is kept', async () => {
  const dan = await server.person({ username: 'dan' });
  const here = await enter(dan);
  const there = await enter(await dan.again());
  const [session] = (await there.session.sessions()).filter((each) => !each.current);
  assert.ok(session);
  await there.session.endSession(session.id);
  await comes(here.session, ({ name }) => name === 'signed-out');
  assert.deepEqual(here.session.snapshot(), { name: 'signed-out', ended: true });
  assert.equal(here.connection.snapshot().name, 'idle');
});

test('administration', async () => {
  const a = await enter(ann);
  const { invite, code } = await a.administration.invites.make(3);
  assert.ok(code.length > 8);
  assert.ok((await a.administration.invites.list()).some((each) => each.id === invite.id));
  await a.administration.invites.revoke(invite.id);
  const settings = await a.administration.settings.change({ name: 'Our place' });
  assert.equal(settings.name, 'Our place');
  assert.equal((await a.administration.settings.read()).name, 'Our place');
  const link = await a.administration.users.resetLink(bob.id);
  assert.ok(link.url.includes(link.code));
  const { entries } = await a.administration.audit();
  assert.ok(entries.some((entry) => entry.act === 'invite.revoked'));
});
