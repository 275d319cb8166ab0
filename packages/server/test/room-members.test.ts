import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RoomId, UserId } from '@rill/protocol';
import { ADMIN, MEMBER, OTHER, OUTSIDER, OWNER, type RoomWorld, refused, startRoomWorld } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

const MOST = 100;
const now = () => world.clock.now();
const join = (user: UserId, room: RoomId, most = MOST) => world.members.join(user, room, most, now());
const add = (user: UserId, room: RoomId, other: UserId, most = MOST) =>
  world.members.add(user, room, other, most, now());
const role = (user: UserId, room: RoomId, other: UserId, to: 'owner' | 'admin' | 'member', rev?: number) =>
  world.members.changeRole(user, room, other, to, rev, now());
const seen = async (user: UserId, room: RoomId) => (await world.rooms.read(user, room)).room;

describe('coming in', () => {
  test('anybody joins an open room, at its head, once', async () => {
    const room = await world.room({ kind: 'open' });
    await world.say(OWNER, room, 'before');
    const { member, made } = await join(OTHER, room);
    assert.deepEqual([member.user, member.role, made], [OTHER, 'member', true]);
    assert.deepEqual(await join(OTHER, room), { member, made: false });
    const { unread, readSeq, seq, members, fromSeq, involvement } = await seen(OTHER, room);
    assert.deepEqual([unread, readSeq, members, fromSeq, involvement], [0, seq, 4, 1, 'everything']);
    assert.equal((await world.log.page(OTHER, room, { at: 'newest' }, 50)).messages.length, seq);
  });

  test('P5 a closed, a direct, an archived room and none at all refuse an outsider alike', async () => {
    const closed = await world.room();
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    const archived = await world.room({ kind: 'open' });
    await world.rooms.change(OWNER, archived, { archived: true }, undefined, now());
    for (const room of [closed, direct, archived, world.freshId()]) {
      await assert.rejects(join(OUTSIDER, room), refused('not_found'));
      await assert.rejects(add(OUTSIDER, room, OUTSIDER), refused('not_found'));
      await assert.rejects(world.members.leave(OUTSIDER, room, now()), refused('not_found'));
      await assert.rejects(world.members.remove(OUTSIDER, room, OWNER, now()), refused('not_found'));
      await assert.rejects(role(OUTSIDER, room, OUTSIDER, 'owner'), refused('not_found'));
      await assert.rejects(world.members.page(OUTSIDER, room, undefined, 10), refused('not_found'));
      await assert.rejects(world.members.read(OUTSIDER, room, OWNER), refused('not_found'));
      await assert.rejects(world.members.own(OUTSIDER, room, { involvement: 'nothing' }), refused('not_found'));
      await assert.rejects(world.rooms.read(OUTSIDER, room), refused('not_found'));
      await assert.rejects(world.rooms.change(OUTSIDER, room, { name: 'x' }, undefined, now()), refused('not_found'));
      await assert.rejects(world.log.page(OUTSIDER, room, { at: 'newest' }, 10), refused('not_found'));
      if (room !== archived) assert.equal(await world.rooms.card(OUTSIDER, room), undefined);
    }
  });

  test('P5 history from the joining on: nothing of before, after a rejoin nothing from before the rejoin', async () => {
    const room = await world.room({ history: 'joined' });
    const before = (await world.say(OWNER, room, 'before')).message.seq;
    await add(OWNER, room, OTHER);
    const { fromSeq } = await seen(OTHER, room);
    const during = (await world.say(OWNER, room, 'during')).message.seq;
    const page = async () => (await world.log.page(OTHER, room, { at: 'before', seq: 99 }, 50)).messages[0]?.seq;
    assert.equal(await page(), fromSeq);
    for (const act of [
      () => world.log.one(OTHER, room, before),
      () => world.log.edits(OTHER, room, before),
      () => world.log.hide(OTHER, room, before),
      () => world.edit(OTHER, room, before, 'x'),
      () => world.log.recall(OTHER, room, before, now()),
    ]) {
      await assert.rejects(act(), refused('not_found'));
    }
    assert.deepEqual((await world.log.page(OTHER, room, { at: 'before', seq: before }, 50)).messages, []);
    assert.equal((await world.log.page(OTHER, room, { at: 'around', seq: before }, 50)).messages[0]?.seq, fromSeq);
    await world.members.leave(OTHER, room, now());
    await assert.rejects(world.log.one(OTHER, room, during), refused('not_found'));
    const away = (await world.say(OWNER, room, 'while away')).message.seq;
    await add(OWNER, room, OTHER);
    for (const seq of [before, during, away])
      await assert.rejects(world.log.one(OTHER, room, seq), refused('not_found'));
    assert.ok(((await page()) ?? 0) > away);
  });

  test('owners and admins add, members do not, and not into direct, archived or full rooms', async () => {
    const room = await world.room();
    await assert.rejects(add(MEMBER, room, OTHER), refused('forbidden'));
    await assert.rejects(add(ADMIN, room, OTHER, 3), refused('room_full'));
    assert.equal((await add(ADMIN, room, OTHER)).made, true);
    assert.equal((await add(OWNER, room, OTHER)).made, false);
    assert.equal((await seen(OTHER, room)).members, 4);
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    await assert.rejects(add(OWNER, direct, OTHER), refused('direct_fixed'));
    await world.rooms.change(OWNER, room, { archived: true }, undefined, now());
    await assert.rejects(add(OWNER, room, OUTSIDER), refused('room_archived'));
  });

  test('a room is never fuller than it may be, however many come at once', async () => {
    const room = await world.room({ kind: 'open', members: [] });
    const users = Array.from({ length: 30 }, (_, at) => `u${String(at).padStart(9, '0')}` as UserId);
    const tries = await Promise.allSettled(users.map((user) => join(user, room, 10)));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 9);
    assert.equal((await seen(OWNER, room)).members, 10);
  });
});

describe('going', () => {
  test('leaves, and leaves nothing behind but what was said', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'stays');
    await world.members.leave(MEMBER, room, now());
    await assert.rejects(world.log.page(MEMBER, room, { at: 'newest' }, 10), refused('not_found'));
    await assert.rejects(world.say(MEMBER, room, 'x'), refused('not_found'));
    await assert.rejects(world.log.recall(MEMBER, room, message.seq, now()), refused('not_found'));
    assert.equal((await world.log.one(OWNER, room, message.seq)).message.kind, 'text');
    assert.equal((await seen(OWNER, room)).members, 2);
  });

  test('owners remove anybody else, admins members; nobody from a direct room', async () => {
    const room = await world.room();
    const remove = (user: UserId, other: UserId) => world.members.remove(user, room, other, now());
    await assert.rejects(remove(MEMBER, ADMIN), refused('forbidden'));
    await assert.rejects(remove(ADMIN, OWNER), refused('forbidden'));
    await assert.rejects(remove(OWNER, OTHER), refused('not_found'));
    await assert.rejects(remove(OWNER, OWNER), refused('forbidden'));
    await add(OWNER, room, OTHER);
    await role(OWNER, room, OTHER, 'admin');
    await assert.rejects(remove(ADMIN, OTHER), refused('forbidden'));
    await remove(ADMIN, MEMBER);
    await remove(OWNER, OTHER);
    assert.equal((await seen(OWNER, room)).members, 2);
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    await assert.rejects(world.members.remove(OWNER, direct, MEMBER, now()), refused('direct_fixed'));
    await assert.rejects(world.members.leave(OWNER, direct, now()), refused('direct_fixed'));
  });

  test('an archived room can be left and people removed from it', async () => {
    const room = await world.room();
    await world.rooms.change(OWNER, room, { archived: true }, undefined, now());
    await world.members.leave(MEMBER, room, now());
    await world.members.remove(OWNER, room, ADMIN, now());
  });
});

describe('roles', () => {
  test('are an owner’s to give, one at a time, over no newer change', async () => {
    const room = await world.room();
    await assert.rejects(role(MEMBER, room, MEMBER, 'owner'), refused('forbidden'));
    await assert.rejects(role(ADMIN, room, MEMBER, 'admin'), refused('forbidden'));
    await assert.rejects(role(ADMIN, room, ADMIN, 'owner'), refused('forbidden'));
    await assert.rejects(role(OWNER, room, OTHER, 'owner'), refused('not_found'));
    const { rev } = await seen(OWNER, room);
    assert.equal((await role(OWNER, room, MEMBER, 'admin', rev)).role, 'admin');
    assert.equal((await role(OWNER, room, MEMBER, 'admin', rev)).role, 'admin');
    await assert.rejects(role(OWNER, room, MEMBER, 'owner', rev), refused('moved_on'));
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    await assert.rejects(role(OWNER, direct, MEMBER, 'owner'), refused('direct_fixed'));
  });

  test('a room is never without an owner', async () => {
    const room = await world.room();
    await assert.rejects(world.members.leave(OWNER, room, now()), refused('last_owner'));
    await assert.rejects(role(OWNER, room, OWNER, 'admin'), refused('last_owner'));
    await role(OWNER, room, MEMBER, 'owner');
    for (let round = 0; round < 20; round += 1) {
      const tries = await Promise.allSettled([
        role(OWNER, room, MEMBER, 'member'),
        role(MEMBER, room, OWNER, 'member'),
      ]);
      const { members } = await world.members.page(ADMIN, room, undefined, 10);
      const owners = members.filter((member) => member.role === 'owner');
      assert.equal(owners.length, 1);
      assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
      const [owner] = owners;
      assert.ok(owner);
      await role(owner.user, room, owner.user === OWNER ? MEMBER : OWNER, 'owner');
    }
    const leaving = await Promise.allSettled([OWNER, MEMBER].map((user) => world.members.leave(user, room, now())));
    assert.equal(leaving.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('the list: owners, admins, members, each as they came, page by page', async () => {
    const room = await world.room({ kind: 'open' });
    const users = Array.from({ length: 25 }, (_, at) => `v${at}`.padEnd(10, 'x') as UserId);
    for (const user of users) await join(user, room);
    await role(OWNER, room, users[7] as UserId, 'owner');
    await role(OWNER, room, users[3] as UserId, 'admin');
    await role(OWNER, room, users[7] as UserId, 'admin');
    const listed: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.members.page(MEMBER, room, after, 7);
      assert.equal(page.count, 28);
      listed.push(...page.members.map(({ user }) => user));
      after = page.next;
    } while (after !== undefined);
    const rest = users.filter((_, at) => at !== 3 && at !== 7);
    assert.deepEqual(listed, [OWNER, ADMIN, users[3], users[7], MEMBER, ...rest]);
  });
});

describe('a room’s settings', () => {
  test('names are owners’ and admins’, policies and archiving owners’; nothing over a newer change', async () => {
    const room = await world.room();
    const change = (user: UserId, settings: Parameters<typeof world.rooms.change>[2], rev?: number) =>
      world.rooms.change(user, room, settings, rev, now());
    await assert.rejects(change(MEMBER, { name: 'x' }), refused('forbidden'));
    await assert.rejects(change(ADMIN, { archived: true }), refused('forbidden'));
    await assert.rejects(change(ADMIN, { recallSeconds: 1 }), refused('forbidden'));
    await assert.rejects(change(ADMIN, { name: 'x', history: 'joined' }), refused('forbidden'));
    const { rev } = await seen(ADMIN, room);
    await change(ADMIN, { name: 'Renamed', topic: 'a topic' }, rev);
    const after = await seen(MEMBER, room);
    assert.deepEqual([after.name, after.topic, after.rev], ['Renamed', 'a topic', rev + 2]);
    // The same change again is done already; another one over it has to look again.
    assert.equal(await change(ADMIN, { name: 'Renamed' }, rev), after.rev);
    await assert.rejects(change(ADMIN, { name: 'Other' }, rev), refused('moved_on'));
    await world.say(MEMBER, room, 'a message is no change of settings');
    await change(OWNER, { archived: true, recallSeconds: 5, history: 'joined' }, after.rev);
    await assert.rejects(change(OWNER, { name: 'x' }), refused('room_archived'));
    await change(OWNER, { archived: false, name: 'Back' });
    const end = await seen(MEMBER, room);
    assert.deepEqual([end.archived, end.name, end.policies], [false, 'Back', { recallSeconds: 5, history: 'joined' }]);
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    await assert.rejects(world.rooms.change(OWNER, direct, { name: 'x' }, undefined, now()), refused('forbidden'));
  });

  test('a direct room is made once, has everybody as a member, and says who they are', async () => {
    const id = world.freshId();
    const make = () =>
      world.rooms.create({
        ...{ id, kind: 'direct', name: '', topic: '', recallSeconds: 120, history: 'all', now: now() },
        members: [OWNER, MEMBER, OTHER],
      });
    const made = await Promise.all(Array.from({ length: 10 }, make));
    assert.equal(made.filter(Boolean).length, 1);
    const { room, people } = await world.rooms.read(MEMBER, id);
    assert.deepEqual([room.role, room.seq, room.rev, room.unread, room.last], ['member', 0, 1, 0, undefined]);
    assert.deepEqual(new Set(people), new Set([OWNER, MEMBER, OTHER]));
    await world.say(OWNER, id, 'hello');
    assert.equal((await seen(MEMBER, id)).unread, 1);
  });

  test('an open room’s card tells who could join only what it says', async () => {
    const room = await world.room({ kind: 'open' });
    const { card, archived } = (await world.rooms.card(OUTSIDER, room)) ?? {};
    assert.deepEqual(
      { ...card, lastAt: '', archived },
      { id: room, name: 'Lobby', topic: '', members: 3, joined: false, lastAt: '', archived: false },
    );
    assert.equal((await world.rooms.card(MEMBER, room))?.card.joined, true);
  });
});
