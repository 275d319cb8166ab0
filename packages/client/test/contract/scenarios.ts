import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Client, LiveRoom } from '@rill/client';
import { comes, said } from '../people.ts';

/** A server, real or fake, and the ways to it. */
export interface World {
  /** A client that nobody is signed in to; `shaky`: over the network that breaks. */
  client(shaky?: boolean): Client;
  /** Somebody signed in and live; the account is made where there is none. */
  enter(username: string, shaky?: boolean): Promise<Client>;
  /** The shaky network is gone, and every line over it breaks. */
  breakNetwork(): void;
  mendNetwork(): void;
}

export const PASSWORD = 'a password of some length 7';

export const live = (client: Client) => comes(client.connection, ({ name }) => name === 'live');
export const sent = (client: Client, left = 0) => comes(client.outbox, ({ items }) => items.length <= left);
export const reads = (room: LiveRoom, want: readonly string[]) =>
  comes(room.timeline, () => isDeepStrictEqual(said(room), want)).catch(() => assert.deepEqual(said(room), want));

function idOf(client: Client) {
  const state = client.session.snapshot();
  assert.ok(state.name === 'signed-in');
  return state.me.id;
}

/** What every server that speaks the wire does for a client. */
export const scenarios: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'register, sign in, change oneself, sign out': async (world) => {
    const client = world.client();
    await client.start();
    assert.deepEqual(client.session.snapshot(), { name: 'signed-out', ended: false });
    await client.session.mayRegister({});
    const me = await client.session.register({ username: 'cyd', password: PASSWORD });
    assert.equal(me.username, 'cyd');
    await live(client);
    await client.session.changeMe({ displayName: 'Cyd 三' });
    await comes(client.session, (state) => state.name === 'signed-in' && state.me.displayName === 'Cyd 三');
    assert.equal((await client.session.sessions()).length, 1);
    await client.session.logout();
    assert.deepEqual(client.session.snapshot(), { name: 'signed-out', ended: false });
    assert.deepEqual(client.rooms.snapshot().list, []);
    const wrong = client.session.login({ username: 'cyd', password: 'not the password' });
    await assert.rejects(wrong, { code: 'wrong_credentials', status: 401 });
    await client.session.login({ username: 'cyd', password: PASSWORD });
    await live(client);
    const taken = world.client();
    await taken.start();
    await assert.rejects(taken.session.register({ username: 'cyd', password: PASSWORD }), { code: 'name_taken' });
    assert.equal((await taken.server.load()).waitsForOwner, false);
  },

  'two people meet and talk, edit, recall, hide, read': async (world) => {
    const ann = await world.enter('ann');
    const bob = await world.enter('bob');
    const [found] = await ann.people.search('bob');
    assert.equal(found?.id, idOf(bob));
    const { id } = await ann.rooms.direct([found.id]);
    assert.equal((await ann.rooms.direct([found.id])).id, id, 'there is one direct room');
    await comes(bob.rooms, () => bob.rooms.get(id) !== undefined);
    const [here, there] = [ann.room(id), bob.room(id)];
    here.open();
    there.open();
    here.send('你好，bob');
    await reads(there, ['你好，bob']);
    there.send('hello');
    there.send('typo');
    await reads(here, ['你好，bob', 'hello', 'typo']);
    assert.equal(ann.rooms.get(id)?.unread, 2);
    const { last } = here.timeline.snapshot();
    await there.edit(last, 'no typo');
    await there.recall(last - 1);
    await reads(here, ['你好，bob', '(recalled)', 'no typo']);
    await comes(ann.rooms, () => ann.rooms.get(id)?.unread === 1);
    assert.equal(there.reEdit(last - 1), 'hello');
    assert.deepEqual(
      (await here.edits(last)).map(({ text }) => text),
      ['typo', 'no typo'],
    );
    await here.hide(last);
    await reads(here, ['你好，bob', '(recalled)']);
    await comes(ann.rooms, () => ann.rooms.get(id)?.unread === 0);
    there.markRead();
    await sent(bob);
    await comes(bob.rooms, () => bob.rooms.get(id)?.readSeq === last);
  },

  'a direct room put aside is so on every device, until more is said': async (world) => {
    const ann = await world.enter('ann');
    const tablet = await world.enter('ann');
    const bob = await world.enter('bob');
    const { id } = await ann.rooms.direct([idOf(bob)]);
    const isAside = (client: Client) => {
      const room = client.rooms.get(id);
      return room !== undefined && room.seq < (room.listedFrom ?? 0);
    };
    await comes(tablet.rooms, () => tablet.rooms.get(id) !== undefined);
    await comes(bob.rooms, () => bob.rooms.get(id) !== undefined);
    await ann.room(id).putAside();
    assert.equal(isAside(ann), true);
    await comes(tablet.rooms, () => isAside(tablet));
    bob.room(id).send('one');
    await comes(ann.rooms, () => !isAside(ann));
    await comes(tablet.rooms, () => !isAside(tablet));
    await ann.room(id).putAside();
    await comes(tablet.rooms, () => isAside(tablet));
    ann.room(id).send('two');
    await comes(ann.rooms, () => !isAside(ann));
    await comes(tablet.rooms, () => !isAside(tablet));
  },

  'open rooms are found and joined; members have roles and may be removed (P5)': async (world) => {
    const ann = await world.enter('ann');
    const bob = await world.enter('bob');
    const { id } = await ann.rooms.create({ kind: 'open', name: 'Garden' });
    const { rooms } = await bob.rooms.open({ q: 'gard' });
    assert.deepEqual(
      rooms.map((room) => [room.id, room.joined]),
      [[id, false]],
    );
    assert.equal(bob.room(id).snapshot().name, 'absent');
    await bob.rooms.join(id);
    const { members, count } = await bob.room(id).members.page();
    assert.equal(count, 2);
    assert.deepEqual(members.map(({ user }) => user.username).sort(), ['ann', 'bob']);
    const called = await bob.room(id).members.page({ q: 'AN' });
    assert.deepEqual([called.members.map(({ user }) => user.username), called.count], [['ann'], 2]);
    await comes(ann.rooms, () => ann.rooms.get(id)?.members === 2);
    await ann.room(id).members.setRole(idOf(bob), 'admin');
    await comes(bob.rooms, () => bob.rooms.get(id)?.role === 'admin');
    await bob.room(id).setInvolvement('mentions');
    assert.equal(bob.rooms.get(id)?.involvement, 'mentions');
    const room = bob.room(id);
    room.open();
    ann.room(id).send('before');
    await reads(room, ['before']);
    await ann.room(id).members.remove(idOf(bob));
    await comes(room, ({ name }) => name === 'absent');
    ann.room(id).send('after');
    await sent(ann);
    assert.deepEqual(said(room), []);
    await ann.room(id).change({ name: 'Gardens' });
    await comes(ann.rooms, () => ann.rooms.get(id)?.name === 'Gardens');
  },

  'P4 a device that was away catches up with what happened, edits and recalls too': async (world) => {
    const ann = await world.enter('ann');
    const bob = await world.enter('bob', true);
    const { id } = await ann.rooms.create({ kind: 'closed', name: 'Away', members: [idOf(bob)] });
    await comes(bob.rooms, () => bob.rooms.get(id) !== undefined);
    const [here, there] = [ann.room(id), bob.room(id)];
    here.open();
    there.open();
    for (const text of ['one', 'two', 'three']) here.send(text);
    await reads(there, ['one', 'two', 'three']);
    const { last } = here.timeline.snapshot();
    world.breakNetwork();
    there.send('written while away');
    await here.edit(last - 2, 'one!');
    await here.recall(last - 1);
    here.send('four');
    await sent(ann);
    world.mendNetwork();
    bob.connection.wake();
    const all = ['one!', '(recalled)', 'three', 'four', 'written while away'];
    await reads(there, all);
    await reads(here, all);
  },

  'P2 P3 P4 sends over a line that breaks again and again arrive once, in order, for everybody': async (world) => {
    const ann = await world.enter('ann', true);
    const bob = await world.enter('bob', true);
    const { id } = await ann.rooms.create({ kind: 'closed', name: 'Storm', members: [idOf(bob)] });
    await comes(bob.rooms, () => bob.rooms.get(id) !== undefined);
    const [here, there] = [ann.room(id), bob.room(id)];
    here.open();
    there.open();
    const want = Array.from({ length: 90 }, (_, index) => `${index}`);
    for (const [index, text] of want.entries()) {
      here.send(text);
      if (index % 30 !== 10) continue;
      await sent(ann, 3);
      world.breakNetwork();
      world.mendNetwork();
    }
    await sent(ann);
    world.breakNetwork();
    world.mendNetwork();
    for (const [client, room] of [
      [ann, here],
      [bob, there],
    ] as const) {
      client.connection.wake();
      await live(client);
      await room.timeline.loadOlder();
      await reads(room, want);
    }
    assert.equal(bob.rooms.get(id)?.unread, want.length);
  },

  'history is loaded at both ends, and a message far back is jumped to': async (world) => {
    const ann = await world.enter('ann');
    const { id } = await ann.rooms.create({ kind: 'closed', name: 'Long' });
    const first = ann.room(id);
    first.open();
    for (let index = 0; index < 250; index += 1) first.send(`${index}`);
    await sent(ann);
    const client = await world.enter('ann');
    const { timeline } = client.room(id);
    client.room(id).open();
    await comes(timeline, ({ name }) => name === 'ready');
    const { last, older } = timeline.snapshot();
    assert.equal(older.name, 'more');
    await timeline.loadOlder();
    assert.equal(timeline.snapshot().first, last - 199);
    const key = await timeline.jump(20);
    const shown = timeline.snapshot().items.find((item) => item.key === key);
    assert.ok(shown?.kind === 'message' && shown.seq === 20);
    assert.equal(timeline.snapshot().newer.name, 'more');
    first.send('last');
    await comes(client.rooms, () => client.rooms.get(id)?.seq === last + 1);
    await timeline.loadNewer();
    await timeline.loadNewer();
    assert.equal(timeline.snapshot().last, last + 1);
    assert.equal(timeline.snapshot().newer.name, 'end');
  },

  'P7 a sign-in that is ended elsewhere ends here, and nothing is kept': async (world) => {
    const here = await world.enter('dan');
    const there = await world.enter('dan');
    const [session] = (await there.session.sessions()).filter((each) => !each.current);
    assert.ok(session);
    await there.session.endSession(session.id);
    await comes(here.session, ({ name }) => name === 'signed-out');
    assert.deepEqual(here.session.snapshot(), { name: 'signed-out', ended: true });
    assert.equal(here.connection.snapshot().name, 'idle');
    assert.equal(there.session.snapshot().name, 'signed-in');
  },

  'who is writing is seen by who has the room open': async (world) => {
    const ann = await world.enter('ann');
    const bob = await world.enter('bob');
    const { id } = await ann.rooms.direct([idOf(bob)]);
    await comes(bob.rooms, () => bob.rooms.get(id) !== undefined);
    ann.room(id).open();
    await comes(ann.room(id).timeline, ({ name }) => name === 'ready');
    bob.room(id).typing();
    await comes(ann.room(id), (state) => state.name === 'present' && state.typing.includes(idOf(bob)));
    bob.room(id).send('done');
    await comes(ann.room(id), (state) => state.name === 'present' && state.typing.length === 0);
  },

  'who is here is told to who looks and shares a room, hidden is offline': async (world) => {
    const ann = await world.enter('ann');
    const eve = await world.enter('eve');
    const id = idOf(eve);
    const sees = (presence: string) => comes(ann.people, (state) => state.presence.get(id)?.presence === presence);
    const stop = ann.people.follow([id]);
    await ann.rooms.direct([id]);
    await sees('online');
    eve.people.setPresence('away');
    await sees('away');
    eve.people.setPresence('online');
    await sees('online');
    await eve.session.changeMe({ hidePresence: true });
    await sees('offline');
    await eve.session.changeMe({ hidePresence: false });
    await sees('online');
    stop();
    await comes(ann.people, (state) => !state.presence.has(id));
  },
};
