import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { UserId } from '@rill/protocol';
import { ADMIN, MEMBER, OUTSIDER, OWNER, refused, type RoomWorld, startRoomWorld, textOf } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

describe('editing', () => {
  test('shows the new words everywhere, and every version in order', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'one');
    world.clock.pass(1_000);
    const edited = await world.edit(MEMBER, room, message.seq, 'two');
    assert.deepEqual(
      { ...edited.message },
      { ...message, text: 'two', rev: 4, editedAt: new Date(world.clock.now()).toISOString(), edits: 1 },
    );
    world.clock.pass(1_000);
    await world.edit(MEMBER, room, message.seq, `long ${'z'.repeat(2_000)}`);
    await world.edit(MEMBER, room, message.seq, 'short again');
    const versions = await world.log.edits(OWNER, room, message.seq);
    assert.deepEqual(
      versions.map(({ text }) => text.slice(0, 11)),
      ['one', 'two', 'long zzzzzz', 'short again'],
    );
    assert.ok(versions.every(({ at }, index) => index === 0 || at >= (versions[index - 1]?.at ?? '')));
    assert.equal(textOf((await world.log.one(OWNER, room, message.seq)).message), 'short again');
    assert.equal(await world.redis.client().exists(`{p7f}:room:${room}:text:${message.seq}`), 0);
  });

  test('is the author’s, of texts, in time, so often, and not over newer words', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'one');
    const { seq } = message;
    await assert.rejects(world.edit(OWNER, room, seq, 'x'), refused('not_author'));
    await assert.rejects(world.edit(OWNER, room, 1, 'x'), refused('not_author'));
    await assert.rejects(world.edit(OUTSIDER, room, seq, 'x'), refused('not_found'));
    await assert.rejects(world.edit(MEMBER, room, 99, 'x'), refused('not_found'));
    const { message: two } = await world.edit(MEMBER, room, seq, 'two', message.rev);
    await assert.rejects(world.edit(MEMBER, room, seq, 'three', message.rev), refused('moved_on'));
    // A repeat of an edit whose answer was lost is no other edit.
    assert.deepEqual((await world.edit(MEMBER, room, seq, 'two', message.rev)).message, two);
    for (let at = 2; at <= 20; at += 1) await world.edit(MEMBER, room, seq, `version ${at}`);
    await assert.rejects(world.edit(MEMBER, room, seq, 'too often'), refused('too_many_edits'));
    const { message: late } = await world.say(MEMBER, room, 'late');
    world.clock.pass(86_400_000);
    await world.edit(MEMBER, room, late.seq, 'just in time');
    world.clock.pass(1);
    await assert.rejects(world.edit(MEMBER, room, late.seq, 'too late'), refused('edit_closed'));
    await world.rooms.change(OWNER, room, { archived: true }, undefined, world.clock.now());
    await assert.rejects(world.edit(MEMBER, room, seq, 'x'), refused('room_archived'));
  });
});

describe('recalling and removing', () => {
  test('P6 the author recalls within the room’s window, once, and a tombstone stays', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'secret');
    await assert.rejects(world.log.recall(OWNER, room, message.seq, world.clock.now()), refused('not_author'));
    await assert.rejects(world.log.recall(OUTSIDER, room, message.seq, world.clock.now()), refused('not_found'));
    world.clock.pass(119_999);
    const { message: stone } = await world.log.recall(MEMBER, room, message.seq, world.clock.now());
    assert.deepEqual(stone, {
      ...{ room, seq: message.seq, rev: 4, kind: 'text', author: MEMBER },
      ...('at' in message && { at: message.at }),
      recalled: { by: MEMBER, at: new Date(world.clock.now()).toISOString() },
    });
    assert.deepEqual((await world.log.recall(MEMBER, room, message.seq, world.clock.now())).message, stone);
    assert.deepEqual((await world.log.one(OWNER, room, message.seq)).message, stone);
    await assert.rejects(world.edit(MEMBER, room, message.seq, 'back'), refused('message_gone'));
    await assert.rejects(world.log.edits(MEMBER, room, message.seq), refused('message_gone'));
    await assert.rejects(world.log.remove(OWNER, room, message.seq, '', world.clock.now()), refused('message_gone'));
    const late = await world.say(MEMBER, room, 'too old');
    world.clock.pass(120_000);
    await assert.rejects(world.log.recall(MEMBER, room, late.message.seq, world.clock.now()), refused('recall_closed'));
  });

  test('a room decides its own window', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'x');
    await world.rooms.change(OWNER, room, { recallSeconds: 0 }, undefined, world.clock.now());
    await assert.rejects(world.log.recall(MEMBER, room, message.seq, world.clock.now()), refused('recall_closed'));
    assert.equal((await world.log.one(MEMBER, room, message.seq)).recallUntil, undefined);
    await world.rooms.change(OWNER, room, { recallSeconds: 3_600 }, undefined, world.clock.now());
    world.clock.pass(3_599_000);
    assert.ok('recalled' in (await world.log.recall(MEMBER, room, message.seq, world.clock.now())).message);
  });

  test('owners remove anybody’s, admins those of members and their own, members none', async () => {
    const room = await world.room();
    const now = world.clock.now();
    const seqs: Record<string, number> = {};
    for (const user of [OWNER, ADMIN, MEMBER]) seqs[user] = (await world.say(user, room, 'x')).message.seq;
    const remove = (user: UserId, of: UserId) => world.log.remove(user, room, seqs[of] ?? 0, 'spam', now);
    await assert.rejects(remove(MEMBER, MEMBER), refused('forbidden'));
    await assert.rejects(remove(ADMIN, OWNER), refused('forbidden'));
    await assert.rejects(remove(OUTSIDER, OWNER), refused('not_found'));
    const { message, changed } = await remove(ADMIN, MEMBER);
    assert.ok(changed && 'removed' in message);
    assert.deepEqual(message.removed, { by: ADMIN, at: new Date(now).toISOString(), reason: 'spam' });
    assert.deepEqual(await remove(OWNER, MEMBER), { message, changed: false });
    await remove(ADMIN, ADMIN);
    await remove(OWNER, OWNER);
    await assert.rejects(world.log.remove(OWNER, room, 1, '', now), refused('forbidden'));
    await assert.rejects(world.log.recall(MEMBER, room, seqs[MEMBER] ?? 0, now), refused('message_gone'));
    const direct = await world.room({ kind: 'direct', members: [MEMBER] });
    const { message: said } = await world.say(MEMBER, direct, 'x');
    await assert.rejects(world.log.remove(OWNER, direct, said.seq, '', now), refused('forbidden'));
  });

  test('leaves the neighbours as they were, long texts and imports among them', async () => {
    const room = await world.room();
    const texts = Array.from({ length: 600 }, (_, at) => (at % 50 === 0 ? 'l'.repeat(3_000) : `text ${at}`));
    for (const text of texts) await world.say(MEMBER, room, text);
    const gone = [3, 103, 511, 512, 602];
    for (const seq of gone) await world.log.recall(MEMBER, room, seq, world.clock.now());
    for (const from of [2, 202, 402]) {
      const { messages } = await world.log.page(OWNER, room, { at: 'after', seq: from }, 200);
      for (const message of messages) {
        if (gone.includes(message.seq)) assert.ok('recalled' in message);
        else assert.equal(textOf(message), texts[message.seq - 3]);
      }
    }
  });
});
