import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Message, Nonce, RoomId, UserId } from '@rill/protocol';
import { ADMIN, MEMBER, OTHER, OUTSIDER, OWNER, type RoomWorld, refused, startRoomWorld } from './room-world.ts';

let world: RoomWorld;
before(async () => {
  world = await startRoomWorld({ appendfsync: 'no' });
});
after(() => world.stop());

const textOf = (message: Message) => (message.kind === 'text' && 'text' in message ? message.text : message.kind);
const unreadOf = async (user: UserId, room: RoomId) => (await world.rooms.read(user, room)).room.unread;
/** What the badge must equal: messages after the mark that somebody said and that this user sees. */
async function countedOf(user: UserId, room: RoomId): Promise<number> {
  const { readSeq } = (await world.rooms.read(user, room)).room;
  const { messages } = await world.log.page(user, room, { at: 'after', seq: readSeq }, 200);
  return messages.filter((message) => message.kind === 'text' && 'text' in message).length;
}
async function assertCounts(room: RoomId, users: readonly UserId[]): Promise<void> {
  for (const user of users) assert.equal(await unreadOf(user, room), await countedOf(user, room), user);
}

describe('sending', () => {
  test('gives numbers without holes, the server’s time, and the window for recalling', async () => {
    const room = await world.room();
    const one = await world.say(MEMBER, room, 'hello');
    const two = await world.say(OWNER, room, '你好');
    assert.deepEqual(one, {
      message: {
        ...{ room, seq: 3, rev: 3, kind: 'text', author: MEMBER },
        at: new Date(world.clock.now()).toISOString(),
        text: 'hello',
      },
      recallUntil: world.clock.now() + 120_000,
      again: false,
    });
    assert.equal(two.message.seq, 4);
    assert.equal(two.message.rev, 4);
  });

  test('time in a room never goes back', async () => {
    const room = await world.room();
    const late = await world.log.send({
      ...{ room, user: MEMBER, text: 'later', nonce: 'a' as Nonce, perSecond: 100 },
      now: world.clock.now() + 60_000,
    });
    const early = await world.say(OWNER, room, 'a clock behind');
    assert.ok('at' in late.message && 'at' in early.message);
    assert.equal(early.message.at, late.message.at);
  });

  test('P2 the same nonce stores one message, however often and in parallel', async () => {
    const room = await world.room();
    const tries = await Promise.all(Array.from({ length: 50 }, () => world.say(MEMBER, room, 'once', 'same')));
    assert.equal(tries.filter(({ again }) => !again).length, 1);
    assert.deepEqual(new Set(tries.map(({ message }) => JSON.stringify(message))).size, 1);
    const { messages } = await world.log.page(MEMBER, room, { at: 'newest' }, 50);
    assert.equal(messages.filter((message) => textOf(message) === 'once').length, 1);
  });

  test('P2 the same nonce with another text is refused, and is another sender’s and another room’s to use', async () => {
    const room = await world.room();
    await world.say(MEMBER, room, 'one', 'n');
    await assert.rejects(world.say(MEMBER, room, 'two', 'n'), refused('nonce_reused'));
    assert.equal((await world.say(OWNER, room, 'two', 'n')).again, false);
    assert.equal((await world.say(MEMBER, await world.room(), 'two', 'n')).again, false);
  });

  test('P2 a repeat gives the message as it now is: edited, hidden, recalled, and in an archived room', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'first', 'n');
    await world.edit(MEMBER, room, message.seq, 'second');
    assert.equal(textOf((await world.say(MEMBER, room, 'first', 'n')).message), 'second');
    await world.log.recall(MEMBER, room, message.seq, world.clock.now());
    await world.rooms.change(OWNER, room, { archived: true }, undefined, world.clock.now());
    const again = await world.say(MEMBER, room, 'first', 'n');
    assert.ok(again.again && 'recalled' in again.message);
    await assert.rejects(world.say(MEMBER, room, 'new', 'm'), refused('room_archived'));
  });

  test('P2 a nonce is known for 14 days, over the turn of a fortnight, and bound to who is a member', async () => {
    const room = await world.room();
    const { message } = await world.say(MEMBER, room, 'once', 'n');
    world.clock.pass(14 * 86_400_000 - 1);
    const again = await world.say(MEMBER, room, 'once', 'n');
    assert.deepEqual([again.again, again.message.seq], [true, message.seq]);
    await world.members.remove(OWNER, room, MEMBER, world.clock.now());
    await assert.rejects(world.say(MEMBER, room, 'once', 'n'), refused('not_found'));
    world.clock.pass(14 * 86_400_000);
  });

  test('P2 ten thousand nonces of one fortnight are all known, in buckets that stay small', async () => {
    const room = await world.room();
    const send = (at: number) => world.say(MEMBER, room, `text ${at}`, `bulk-${at}`);
    for (let from = 0; from < 10_000; from += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, at) => send(from + at)));
    }
    for (let from = 0; from < 10_000; from += 500) {
      const again = await Promise.all(Array.from({ length: 500 }, (_, at) => send(from + at)));
      assert.ok(again.every((each, at) => each.again && textOf(each.message) === `text ${from + at}`));
    }
    const client = world.redis.client();
    const buckets = await client.keys('{p7f}:nonces:*:*');
    assert.ok(buckets.length > 40);
    for (const bucket of buckets) {
      assert.equal(await client.object('ENCODING', bucket), 'listpack');
      assert.ok((await client.pttl(bucket)) > 14 * 86_400_000);
    }
  });

  test('a room takes only so many a second, and says when it takes more', async () => {
    const room = await world.room();
    const send = (at: number) =>
      world.log.send({
        ...{ room, user: MEMBER, text: 'x', now: world.clock.now() },
        nonce: `p${at}` as Nonce,
        perSecond: 1,
      });
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => send(at)));
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 2);
    const [refusal] = answers.filter((each) => each.status === 'rejected');
    assert.equal(refusal?.reason.code, 'rate_limited');
    assert.ok(refusal?.reason.more.retryAfterMs > 0 && refusal?.reason.more.retryAfterMs <= 1_000);
    // A repeat is no further message.
    assert.equal((await send(0)).again, true);
  });

  test('whoever is muted or no member cannot', async () => {
    const room = await world.room();
    const client = world.redis.client();
    const key = `{p7f}:room:${room}:members`;
    const fields = ((await client.hget(key, MEMBER)) ?? '').split('\0');
    fields[5] = String(world.clock.now() + 1);
    await client.hset(key, MEMBER, fields.join('\0'));
    await assert.rejects(world.say(MEMBER, room, 'x'), refused('muted'));
    await assert.rejects(world.say(OUTSIDER, room, 'x'), refused('not_found'));
    await assert.rejects(world.say(OUTSIDER, world.freshId(), 'x'), refused('not_found'));
  });
});

describe('pages', () => {
  let room: RoomId;
  const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);
  const range = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, at) => low + at);
  before(async () => {
    room = await world.room();
    for (let at = 3; at <= 1_100; at += 100) {
      const until = Math.min(at + 99, 1_100);
      await Promise.all(range(at, until).map((seq) => world.say(MEMBER, room, `text ${seq}`)));
    }
  });

  test('are intervals of seq from every side, across chunks', async () => {
    const page = (at: 'before' | 'after' | 'around', seq: number, limit: number) =>
      world.log.page(OWNER, room, { at, seq }, limit).then(({ messages }) => seqs(messages));
    assert.deepEqual(seqs((await world.log.page(OWNER, room, { at: 'newest' }, 50)).messages), range(1_051, 1_100));
    assert.deepEqual(await page('before', 520, 20), range(500, 519));
    assert.deepEqual(await page('before', 5, 20), range(1, 4));
    assert.deepEqual(await page('before', 1, 20), []);
    assert.deepEqual(await page('before', Number.MAX_SAFE_INTEGER, 3), range(1_098, 1_100));
    assert.deepEqual(await page('after', 1_020, 8), range(1_021, 1_028));
    assert.deepEqual(await page('after', 0, 3), range(1, 3));
    assert.deepEqual(await page('after', 1_100, 3), []);
    assert.deepEqual(await page('after', Number.MAX_SAFE_INTEGER, 3), []);
    assert.deepEqual(await page('around', 600, 11), range(595, 605));
    assert.deepEqual(await page('around', 1, 11), range(1, 11));
    assert.deepEqual(await page('around', 1_100, 11), range(1_090, 1_100));
    assert.deepEqual(await page('around', 999_999, 11), range(1_090, 1_100));
    assert.deepEqual(await page('around', 3, 1), [3]);
  });

  test('tell the heads and the epoch', async () => {
    const { seq, rev, epoch, recallSeconds } = await world.log.page(OWNER, room, { at: 'newest' }, 1);
    assert.deepEqual([seq, rev, recallSeconds], [1_100, 1_100, 120]);
    assert.match(epoch, /^[0-9a-z]{8}$/);
  });

  test('hold every text as it was sent, whatever is in it', async () => {
    const odd = await world.room();
    const texts = [
      'a\nb\r\n\tc',
      '"quotes" \\ \u0001\u001f\u007f',
      '\u2028\u2029\ufeff\ufffe\uffff\u{10ffff}',
      '👨‍👩‍👧‍👦 नमस्ते 你好 שלום',
      'x'.repeat(1_024),
      'y'.repeat(1_025),
      '😀'.repeat(12_000),
      '[]',
      '{}',
      '0',
      '-0',
      '9007199254740993',
      'e'.repeat(500),
    ];
    for (const text of texts) await world.say(MEMBER, odd, text);
    const { messages } = await world.log.page(OWNER, odd, { at: 'after', seq: 2 }, 50);
    assert.deepEqual(messages.map(textOf), texts);
  });

  test('of very long texts end early, on the side away from where they were asked from, and never empty', async () => {
    const long = await world.room();
    for (let at = 0; at < 60; at += 1) await world.say(MEMBER, long, `${at}${'字'.repeat(11_990)}`);
    const newest = seqs((await world.log.page(OWNER, long, { at: 'newest' }, 60)).messages);
    assert.ok(newest.length < 60 && newest.length > 20);
    assert.deepEqual(newest, range(63 - newest.length, 62));
    const after = seqs((await world.log.page(OWNER, long, { at: 'after', seq: 2 }, 60)).messages);
    assert.deepEqual(after, range(3, 2 + after.length));
    const around = seqs((await world.log.page(OWNER, long, { at: 'around', seq: 30 }, 60)).messages);
    assert.ok(around.includes(30) && around.length < 60);
  });

  test('one message, and none beyond the head', async () => {
    assert.equal(textOf((await world.log.one(OWNER, room, 700)).message), 'text 700');
    await assert.rejects(world.log.one(OWNER, room, 1_101), refused('not_found'));
    await assert.rejects(world.log.one(OUTSIDER, room, 700), refused('not_found'));
  });
});

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
    await assertCounts(room, users);
    assert.equal(await unreadOf(OWNER, room), 12);
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
    await assertCounts(room, users);
    assert.equal(await unreadOf(OWNER, room), 9 - 1);
    const mark = await world.rooms.markRead(OWNER, room, at(5));
    assert.deepEqual(mark, { readSeq: at(5), unread: 6, moved: true });
    assert.deepEqual(await world.rooms.markRead(OWNER, room, at(4)), { readSeq: at(5), unread: 6, moved: false });
    await assertCounts(room, users);
    await world.say(OWNER, room, 'sending has read');
    assert.equal(await unreadOf(OWNER, room), 0);
    await assertCounts(room, users);
    const past = await world.rooms.markRead(ADMIN, room, Number.MAX_SAFE_INTEGER);
    assert.deepEqual([past.unread, past.readSeq], [0, (await world.rooms.read(ADMIN, room)).room.seq]);
    await assert.rejects(world.rooms.markRead(OUTSIDER, room, 1), refused('not_found'));
  });
});

describe('importing', () => {
  const line = (at: number, more: Partial<{ author: UserId; name: string; text: string }> = {}) => ({
    nonce: `i${at}` as Nonce,
    author: '00imported' as UserId,
    name: 'ada',
    at: Date.UTC(2005, 0, 1) + at,
    text: `line ${at}`,
    ...more,
  });

  test('keeps times and names, each line once, and says so', async () => {
    const room = await world.room();
    const now = world.clock.now();
    const lines = [line(1), line(2, { author: OTHER, name: 'Other' }), line(3, { text: 'w'.repeat(2_000) }), line(1)];
    const first = await world.log.import({ room, user: OWNER, now, lines });
    assert.deepEqual(first, { stored: 3, again: 1, seq: 5 });
    assert.deepEqual(await world.log.import({ room, user: OWNER, now, lines }), { stored: 0, again: 4, seq: 5 });
    const { messages } = await world.log.page(MEMBER, room, { at: 'after', seq: 2 }, 10);
    assert.deepEqual(messages[0], {
      ...{ room, seq: 3, rev: 3, kind: 'text', author: '00imported', at: '2005-01-01T00:00:00.001Z', text: 'line 1' },
      imported: { name: 'ada', by: OWNER, at: new Date(now).toISOString() },
    });
    assert.equal(messages[1]?.kind === 'text' && messages[1].author, OTHER);
    assert.equal(messages[2] && textOf(messages[2]).length, 2_000);
    const { message } = await world.say(MEMBER, room, 'after it');
    assert.equal('at' in message && message.at, new Date(now).toISOString());
    await assertCounts(room, [ADMIN, MEMBER]);
    await assert.rejects(
      world.log.import({ room, user: OWNER, now, lines: [line(9), line(1, { text: 'other' })] }),
      refused('nonce_reused'),
    );
    await assert.rejects(world.log.import({ room, user: OUTSIDER, now, lines }), refused('not_found'));
    const removed = await world.log.remove(OWNER, room, 3, '', now);
    assert.ok('removed' in removed.message && removed.message.imported?.name === 'ada');
  });

  test('five hundred lines at once, over chunks and buckets', async () => {
    const room = await world.room();
    for (let from = 0; from < 2_000; from += 500) {
      const lines = Array.from({ length: 500 }, (_, at) => line(10_000 + from + at));
      await world.log.import({ room, user: OWNER, now: world.clock.now(), lines });
    }
    const lines = Array.from({ length: 500 }, (_, at) => line(10_250 + at));
    const again = await world.log.import({ room, user: OWNER, now: world.clock.now(), lines });
    assert.deepEqual(again, { stored: 0, again: 500, seq: 2_002 });
    assert.equal(textOf((await world.log.one(OWNER, room, 1_502)).message), 'line 11499');
  });
});
