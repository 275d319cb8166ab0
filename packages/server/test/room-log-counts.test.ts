import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ADMIN,
  assertCounts,
  MEMBER,
  OUTSIDER,
  OWNER,
  refused,
  type RoomWorld,
  startRoomWorld,
  textOf,
} from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

describe('hiding and counting', () => {
  test('hides from the one who asked alone', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'x');
    const hidden = await world.log.hide(OWNER, room, message.seq);
    assert.deepEqual(hidden, {
      message: { room, seq: message.seq, rev: message.rev, kind: 'hidden' },
      unread: 0,
      changed: true,
    });
    assert.equal((await world.log.hide(OWNER, room, message.seq)).changed, false);
    assert.equal(textOf((await world.log.one(OWNER, room, message.seq)).message), 'hidden');
    assert.equal(textOf((await world.log.one(ADMIN, room, message.seq)).message), 'x');
    await assert.rejects(world.log.edits(OWNER, room, message.seq), refused('not_found'));
    await assert.rejects(world.log.hide(OWNER, room, 99), refused('not_found'));
    await assert.rejects(world.log.hide(OUTSIDER, room, message.seq), refused('not_found'));
    const { last } = (await world.rooms.read(OWNER, room)).room;
    assert.equal(last?.seq, message.seq - 1);
  });

  test('P10 counts equal the list, whatever is hidden, recalled, removed, in whatever order', async () => {
    const room = await world.room();
    const users = [OWNER, ADMIN, MEMBER];
    const now = () => world.clock.now();
    const said: number[] = [];
    for (let at = 0; at < 12; at += 1) said.push((await world.say(MEMBER, room, `m${at}`)).message.seq);
    await assertCounts(world, room, users);
    assert.equal((await world.rooms.read(OWNER, room)).room.unread, 12);
    const at = (index: number) => said[index] ?? 0;
    await world.log.hide(OWNER, room, at(0));
    await world.log.recall(MEMBER, room, at(1), now());
    // Hidden and then recalled, recalled and then hidden: each is subtracted once.
    await world.log.hide(OWNER, room, at(2));
    await world.log.recall(MEMBER, room, at(2), now());
    await world.log.hide(ADMIN, room, at(1));
    await world.log.hide(OWNER, room, at(3));
    await world.log.hide(ADMIN, room, at(3));
    await world.log.remove(OWNER, room, at(3), '', now());
    await world.log.hide(OWNER, room, 1);
    await world.rooms.change(OWNER, room, { topic: 'a system message' }, undefined, now());
    await assertCounts(world, room, users);
    assert.equal((await world.rooms.read(OWNER, room)).room.unread, 9 - 1);
    const mark = await world.rooms.markRead(OWNER, room, at(5));
    assert.deepEqual(mark, { readSeq: at(5), unread: 6, moved: true });
    assert.deepEqual(await world.rooms.markRead(OWNER, room, at(4)), { readSeq: at(5), unread: 6, moved: false });
    await assertCounts(world, room, users);
    await world.say(OWNER, room, 'sending has read');
    assert.equal((await world.rooms.read(OWNER, room)).room.unread, 0);
    await assertCounts(world, room, users);
    const past = await world.rooms.markRead(ADMIN, room, Number.MAX_SAFE_INTEGER);
    assert.deepEqual([past.unread, past.readSeq], [0, (await world.rooms.read(ADMIN, room)).room.seq]);
    await assert.rejects(world.rooms.markRead(OUTSIDER, room, 1), refused('not_found'));
  });
});
