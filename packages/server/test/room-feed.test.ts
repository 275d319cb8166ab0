import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Epoch, RoomId, UserId } from '@rill/protocol';
import { seenBy } from '../src/domain/sight.ts';
import type { FeedEvent, FeedPage } from '../src/store/room-feed.ts';
import { ADMIN, MEMBER, OTHER, OUTSIDER, OWNER, type RoomWorld, refused, startRoomWorld } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

async function feedAfter(user: UserId, room: RoomId, rev: number, limit = 256): Promise<FeedPage> {
  const page = await world.feed.after(user, room, { rev }, limit);
  if (typeof page === 'string') assert.fail(page);
  return page;
}
const kinds = (events: readonly FeedEvent[]) => events.map(({ event }) => event.kind);

/** All that a room publishes from now on, and a promise for the event with a rev. */
async function listen(room: RoomId) {
  const heard: FeedEvent[] = [];
  const waiting = new Map<number, () => void>();
  const stop = await world.feed.subscribe(room, (event) => {
    heard.push(event);
    waiting.get(event.rev)?.();
  });
  const upTo = (rev: number) =>
    heard.some((event) => event.rev === rev)
      ? Promise.resolve()
      : new Promise<void>((resolve) => waiting.set(rev, resolve));
  return { heard, upTo, stop };
}

/** Everything that can happen in a room, once. */
async function happen(room: RoomId): Promise<number> {
  const now = () => world.clock.now();
  const one = (await world.say(MEMBER, room, 'one')).message.seq;
  const two = (await world.say(OWNER, room, `two ${'2'.repeat(2_000)}`)).message.seq;
  const three = (await world.say(MEMBER, room, 'three')).message.seq;
  await world.edit(MEMBER, room, one, 'one, edited');
  await world.log.recall(MEMBER, room, three, now());
  await world.log.remove(OWNER, room, two, 'spam', now());
  await world.rooms.change(OWNER, room, { name: 'New name' }, undefined, now());
  await world.rooms.change(OWNER, room, { topic: '', archived: true, recallSeconds: 60 }, undefined, now());
  await world.rooms.change(OWNER, room, { archived: false, history: 'joined' }, undefined, now());
  await world.members.add(OWNER, room, OTHER, 100, now());
  await world.members.changeRole(OWNER, room, OTHER, 'admin', undefined, now());
  await world.members.remove(OWNER, room, OTHER, now());
  await world.members.leave(ADMIN, room, now());
  return (await world.rooms.read(MEMBER, room)).room.rev;
}

describe('the feed', () => {
  test('P3 what is published and what is read afterwards are one line of events without holes', async () => {
    const room = await world.room();
    const { heard, upTo, stop } = await listen(room);
    const from = (await world.rooms.read(MEMBER, room)).room.rev;
    const head = await happen(room);
    await upTo(head);
    await stop();
    assert.deepEqual(
      heard.map(({ rev }) => rev),
      Array.from({ length: head - from }, (_, at) => from + 1 + at),
    );
    const { events, rev } = await feedAfter(MEMBER, room, from);
    assert.equal(rev, head);
    assert.deepEqual(kinds(events), kinds(heard));
    assert.deepEqual(kinds(events), [
      ...['message.sent', 'message.sent', 'message.sent', 'message.edited', 'message.recalled', 'message.removed'],
      ...['room.changed', 'room.changed', 'room.changed', 'room.changed', 'room.changed'],
      ...['member.joined', 'member.changed', 'member.left', 'member.left'],
    ]);
    // All but the words of messages is the same; the words are those of now.
    for (const [at, event] of events.entries()) {
      const live = heard[at];
      assert.ok(live);
      if ('message' in event.event && event.event.kind.startsWith('message.')) {
        assert.deepEqual(event.event.message, (await world.log.one(MEMBER, room, event.seq ?? 0)).message);
        assert.deepEqual({ ...event.event, message: 0 }, { ...live.event, message: 0 });
      } else assert.deepEqual(event.event, live.event);
    }
  });

  test('P3 every event tells what it says it does', async () => {
    const room = await world.room();
    const from = (await world.rooms.read(MEMBER, room)).room.rev;
    await happen(room);
    const { events } = await feedAfter(MEMBER, room, from);
    const changed = events.map(({ event }) => event).filter((event) => event.kind === 'room.changed');
    assert.equal(changed[0]?.name, 'New name');
    assert.deepEqual(changed[1]?.archived, true);
    assert.deepEqual(changed[2]?.policies, { recallSeconds: 60, history: 'all' });
    assert.deepEqual(changed[3]?.archived, false);
    assert.deepEqual(changed[4]?.policies, { recallSeconds: 60, history: 'joined' });
    const joined = events.map(({ event }) => event).find((event) => event.kind === 'member.joined');
    assert.deepEqual(joined?.member, {
      ...{ user: OTHER, role: 'member' },
      joinedAt: new Date(world.clock.now()).toISOString(),
    });
    assert.deepEqual(joined?.message?.kind === 'system' && joined.message.note, { code: 'member.added', user: OTHER });
    const left = events.map(({ event }) => event).filter((event) => event.kind === 'member.left');
    assert.deepEqual(
      left.map(({ user, actor }) => [user, actor]),
      [
        [OTHER, OWNER],
        [ADMIN, ADMIN],
      ],
    );
  });

  test('P4 goes on from any cursor, in pieces of any size, and never leaves one out', async () => {
    const room = await world.room();
    const head = await happen(room);
    for (const size of [1, 2, 7, 256]) {
      const revs: number[] = [];
      let at = 0;
      while (at < head) {
        const { events } = await feedAfter(OWNER, room, at, size);
        assert.ok(events.length > 0 && events.length <= size);
        revs.push(...events.map(({ rev }) => rev));
        at = events.at(-1)?.rev ?? head;
      }
      assert.deepEqual(
        revs,
        Array.from({ length: head }, (_, index) => index + 1),
      );
    }
    assert.deepEqual((await feedAfter(OWNER, room, head)).events, []);
  });

  test('P4 a cursor from elsewhere gets a resync: another epoch, beyond the head, before the joining, expired', async () => {
    const room = await world.room();
    const { rev, epoch } = (await world.rooms.read(OWNER, room)).room;
    const resyncs = async (user: UserId, cursor: { rev: number; epoch?: Epoch }) =>
      assert.equal(await world.feed.after(user, room, cursor, 10), 'resync');
    await resyncs(OWNER, { rev, epoch: 'zzzzzzzz' as Epoch });
    await resyncs(OWNER, { rev: rev + 1, epoch });
    await resyncs(OWNER, { rev: Number.MAX_SAFE_INTEGER, epoch });
    await world.members.add(OWNER, room, OTHER, 100, world.clock.now());
    await resyncs(OTHER, { rev: rev - 1, epoch });
    assert.deepEqual(kinds((await feedAfter(OTHER, room, rev)).events), ['member.joined']);
    const client = world.redis.client();
    await client.xdel(`{p7f}:room:${room}:feed:0`, `${rev}-${world.clock.now()}`);
    await resyncs(OWNER, { rev: rev - 1, epoch });
    await client.del(`{p7f}:room:${room}:feed:0`);
    await resyncs(OWNER, { rev: 0, epoch });
  });

  test('P4 a new life of Redis begins a new epoch, and only then', async () => {
    const own = await startRoomWorld();
    try {
      const room = await own.room();
      const before = (await own.rooms.read(OWNER, room)).room;
      assert.equal((await own.rooms.read(OWNER, room)).room.epoch, before.epoch);
      await own.redis.restart();
      const patiently = async () => {
        for (;;) {
          try {
            return (await own.rooms.read(OWNER, room)).room;
          } catch (error) {
            if (!refused('unavailable')(error)) throw error;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
      };
      const later = await patiently();
      assert.notEqual(later.epoch, before.epoch);
      assert.equal(await own.feed.after(OWNER, room, { rev: before.rev, epoch: before.epoch }, 10), 'resync');
      const { message } = await own.say(OWNER, room, 'goes on');
      assert.equal(message.rev, before.rev + 1);
      assert.equal((await own.rooms.read(OWNER, room)).room.epoch, later.epoch);
    } finally {
      await own.stop();
    }
  });

  test('chunks of events that are full expire after 31 days, the last one never', async () => {
    const room = await world.room({ members: [] });
    const client = world.redis.client();
    const key = `{p7f}:room:${room}`;
    await client.hset(key, { rev: 4_094 });
    await world.say(OWNER, room, 'last of its chunk');
    assert.equal(await client.pttl(`${key}:feed:0`), -1);
    await world.say(OWNER, room, 'first of the next');
    const expires = Number(await client.pexpiretime(`${key}:feed:0`));
    assert.equal(expires, world.clock.now() + 31 * 86_400_000);
    assert.equal(await client.pttl(`${key}:feed:1`), -1);
    const { events } = await feedAfter(OWNER, room, 4_094);
    assert.deepEqual(
      events.map(({ rev }) => rev),
      [4_095, 4_096],
    );
  });

  test('P5 whoever is not in the room gets nothing of it, as if it were not there', async () => {
    const room = await world.room();
    assert.equal(await world.feed.after(OUTSIDER, room, { rev: 0 }, 10), 'no_room');
    assert.equal(await world.feed.after(OUTSIDER, world.freshId(), { rev: 0 }, 10), 'no_room');
    await world.members.remove(OWNER, room, MEMBER, world.clock.now());
    assert.equal(await world.feed.after(MEMBER, room, { rev: 0 }, 10), 'no_room');
  });
});

describe('what one member sees of an event', () => {
  test('the author alone is told the nonce and until when a recall is possible', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'mine', 'my-nonce');
    const [feed] = (await feedAfter(OWNER, room, message.rev - 1)).events;
    assert.ok(feed);
    const now = world.clock.now();
    assert.equal(seenBy({ user: OWNER, fromSeq: 1 }, feed, now), feed.event);
    assert.ok(!JSON.stringify(feed.event).includes('nonce') && !JSON.stringify(feed.event).includes('recallUntil'));
    const own = seenBy({ user: MEMBER, fromSeq: 1 }, feed, now);
    assert.ok(own.kind === 'message.sent' && own.nonce === 'my-nonce');
    assert.ok('recallUntil' in own.message && own.message.recallUntil === new Date(now + 120_000).toISOString());
    const late = seenBy({ user: MEMBER, fromSeq: 1 }, feed, now + 120_000);
    assert.ok(late.kind === 'message.sent' && !('recallUntil' in late.message));
  });

  test('P5 what happened to a message from before one’s time is unseen', async () => {
    const room = await world.room({ history: 'joined' });
    const { message } = await world.say(MEMBER, room, 'before');
    await world.members.add(OWNER, room, OTHER, 100, world.clock.now());
    await world.edit(MEMBER, room, message.seq, 'before, edited');
    const { rev, fromSeq } = (await world.rooms.read(OTHER, room)).room;
    const [feed] = (await feedAfter(OTHER, room, rev - 1)).events;
    assert.ok(feed);
    assert.deepEqual(seenBy({ user: OTHER, fromSeq }, feed, 0), { kind: 'unseen' });
    assert.equal(seenBy({ user: OWNER, fromSeq: 1 }, feed, 0).kind, 'message.edited');
  });

  test('what one has hidden stays hidden, live and in the feed', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'x');
    await world.log.hide(OWNER, room, message.seq);
    const { heard, upTo, stop } = await listen(room);
    const edited = await world.edit(MEMBER, room, message.seq, 'y');
    await upTo(edited.message.rev);
    await stop();
    const replayed = (await feedAfter(OWNER, room, message.rev - 1)).events;
    for (const feed of [...heard, ...replayed]) {
      const seen = seenBy({ user: OWNER, fromSeq: 1 }, feed, world.clock.now());
      assert.ok('message' in seen && seen.message?.kind === 'hidden');
      const other = seenBy({ user: ADMIN, fromSeq: 1 }, feed, world.clock.now());
      assert.ok('message' in other && other.message?.kind === 'text');
    }
  });
});

describe('the position check', () => {
  test('names the rooms with something new, and their heads', async () => {
    const one = await world.room();
    const two = await world.room();
    const { ticks } = await world.feed.ticks([]);
    assert.equal(ticks.length, 256);
    assert.deepEqual((await world.feed.ticks(ticks)).rooms, []);
    const { message } = await world.say(OWNER, one, 'news');
    await world.say(OWNER, two, 'news');
    await world.say(OWNER, two, 'more');
    const news = await world.feed.ticks(ticks);
    const { epoch } = (await world.rooms.read(OWNER, one)).room;
    assert.deepEqual(news.rooms, [
      { room: one, rev: message.rev, epoch },
      { room: two, rev: message.rev + 1, epoch },
    ]);
    const none = await world.feed.ticks(news.ticks);
    assert.deepEqual(none.rooms, []);
    assert.equal(none.epochOf(one), epoch, 'also where nothing is new');
    assert.equal(none.epochOf('ff0000000000000000' as RoomId), undefined);
  });

  test('a tick beyond the partition’s own, as after a failover, gives all of its rooms', async () => {
    const room = await world.room();
    const { ticks } = await world.feed.ticks([]);
    const { rooms } = await world.feed.ticks(ticks.map((tick) => (tick > 0 ? tick + 1_000 : 0)));
    assert.ok(rooms.some((each) => each.room === room));
  });
});
