import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Nonce, RoomId, UserId } from '@rill/protocol';
import { Refusal } from '../src/domain/refusal.ts';
import type { Who } from '../src/domain/who.ts';
import { type DomainWorld, startDomainWorld } from './domain-world.ts';
import { refused } from './room-world.ts';

let world: DomainWorld;
let [ada, ben, cleo, dan]: [Who, Who, Who, Who] = [] as never;
before(async () => {
  world = await startDomainWorld({ directMembers: 3 });
});
after(() => world.stop());
let people = 0;
beforeEach(async () => {
  people += 1;
  const person = (name: string) => world.person(`${name}${people}`);
  [ada, ben, cleo, dan] = [await person('ada'), await person('ben'), await person('cleo'), await person('dan')];
});

const ids = async (who: Who) => (await world.rooms.list(who)).map(({ id }) => id);
const send = (who: Who, room: RoomId, text: string, nonce = text) =>
  world.messages.send(who, room, { nonce: nonce as Nonce, text });
const NOBODY = 'nobody0000' as UserId;
const retryOf = (error: unknown) => (error instanceof Refusal ? error.more.retryAfterMs : undefined);

describe('making rooms', () => {
  test('a closed room with members: in everybody’s list, told to everybody, found by nobody else', async () => {
    const told = await world.told(ben);
    const { room, made } = await world.rooms.create(ada, {
      ...{ kind: 'closed', name: '  Tea\u0301  time ', topic: 'Oolong' },
      members: [ben.user, ben.user, ada.user],
    });
    assert.ok(made);
    assert.deepEqual(
      [room.name, room.topic, room.members, room.role, room.policies.history],
      ['Teá time', 'Oolong', 2, 'owner', 'joined'],
    );
    assert.deepEqual(await ids(ada), [room.id]);
    assert.deepEqual(await ids(ben), [room.id]);
    assert.deepEqual(await ids(cleo), []);
    await assert.rejects(world.rooms.one(cleo, room.id), refused('not_found'));
    assert.deepEqual(await told(1), [{ kind: 'room.added', room: room.id }]);
    assert.ok(!(await world.rooms.open(cleo, {})).rooms.some(({ id }) => id === room.id));
  });

  test('a name and a topic that can be seen, and people who are here', async () => {
    const make = (name: string | undefined, more: object = {}) =>
      world.rooms.create(ada, { kind: 'open', ...(name !== undefined && { name }), ...more });
    const bad = [
      undefined,
      '',
      '  ',
      '\u200b',
      'a\u202eb',
      'a\u0000b',
      'a\nb',
      'x'.repeat(81),
      `q${'\u0301'.repeat(9)}`,
    ];
    for (const name of bad) await assert.rejects(make(name), refused('bad_request'), JSON.stringify(name));
    await assert.rejects(make('\ud800'), refused('malformed_unicode'));
    await assert.rejects(make('ok', { topic: 'x'.repeat(1_025) }), refused('bad_request'));
    await assert.rejects(make('ok', { members: [NOBODY] }), refused('not_found'));
    await world.users.govern(ben.user, 'owner', { status: 'disabled' });
    await assert.rejects(make('ok', { members: [ben.user] }), refused('not_found'));
    assert.deepEqual(await ids(ada), []);
    for (const name of ['x'.repeat(80), '👨‍👩‍👧 家', 'नमस्ते', '❤️', 'می‌خواهم'])
      assert.equal((await make(name)).room.name, name);
  });

  test('a direct room is one room, whoever begins it, however often, at once', async () => {
    const make = (who: Who, ...others: Who[]) =>
      world.rooms.create(who, { kind: 'direct', members: others.map(({ user }) => user) });
    const tries = await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 ? make(ada, ben) : make(ben, ada, ben))),
    );
    assert.equal(new Set(tries.map(({ room }) => room.id)).size, 1);
    assert.equal(tries.filter(({ made }) => made).length, 1);
    const [{ room }] = tries as [(typeof tries)[0]];
    assert.deepEqual([room.name, room.role, room.members], ['', 'member', 2]);
    assert.deepEqual(room.people?.map(({ id }) => id).sort(), [ada.user, ben.user].sort());
    assert.notEqual((await make(ada, ben, cleo)).room.id, room.id);
    const notes = await make(ada);
    assert.deepEqual(
      notes.room.people?.map(({ id }) => id),
      [ada.user],
    );
    await assert.rejects(make(ada, ben, cleo, dan), refused('bad_request'));
    await assert.rejects(world.rooms.create(ada, { kind: 'direct', members: [NOBODY] }), refused('not_found'));
    await assert.rejects(world.rooms.create(ada, { kind: 'direct', name: 'x', members: [] }), refused('bad_request'));
    assert.equal((await world.rooms.list(ada)).length, 3);
  });

  test('the list is by latest activity, and mended where it holds more than the truth', async () => {
    const make = async (name: string) => (await world.rooms.create(ada, { kind: 'closed', name })).room.id;
    const one = await make('one');
    const two = await make('two');
    world.store.clock.pass(1_000);
    await send(ada, one, 'newest');
    assert.deepEqual(await ids(ada), [one, two]);
    await world.line.holdRoom(ben.user, one);
    assert.deepEqual(await ids(ben), []);
    assert.deepEqual(await world.line.rooms(ben.user), []);
  });

  test('who is let in at the very moment when the list is mended has the room in it', async (t) => {
    const { room } = await world.rooms.create(ada, { kind: 'closed', name: 'Late' });
    const drop = world.line.dropRoom;
    const mock = t.mock.method(world.line, 'dropRoom', async (user: UserId, id: RoomId) => {
      mock.mock.restore();
      await world.members.put(ada, id, user);
      await drop(user, id);
    });
    await world.line.holdRoom(ben.user, room.id);
    assert.deepEqual(await ids(ben), [], 'read before');
    assert.deepEqual(await ids(ben), [room.id]);
  });
});

describe('open rooms', () => {
  test('are listed by name, page by page, found by name and topic in any case and width', async () => {
    const tag = `zq${people}`;
    for (let at = 0; at < 12; at += 1) {
      const topic = at === 5 ? 'Oolong ＴＥＡ' : '';
      await world.rooms.create(ada, { kind: 'open', name: `${tag} Room ${String.fromCharCode(77 - at)}`, topic });
    }
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.rooms.open(ben, { q: tag.toUpperCase(), limit: 5, ...(after && { after }) });
      names.push(...page.rooms.map(({ name }) => name));
      after = page.next;
    } while (after);
    assert.deepEqual(
      names,
      Array.from({ length: 12 }, (_, at) => `${tag} Room ${String.fromCharCode(66 + at)}`),
    );
    assert.equal((await world.rooms.open(ben, { q: 'oolong tea' })).rooms.length, 1);
    assert.deepEqual((await world.rooms.open(ben, { q: 'nothing has this name' })).rooms, []);
    for (const bad of ['***', 'e30', ''])
      await assert.rejects(world.rooms.open(ben, { after: bad }), refused('bad_request'));
  });

  test('a renamed one is found by its new name alone, an archived one not at all', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'open', name: `before${people}` });
    const found = async (q: string) => (await world.rooms.open(ben, { q })).rooms.map(({ id }) => id);
    assert.deepEqual(await found(`before${people}`), [room.id]);
    await world.rooms.change(ada, room.id, { name: `after${people}` });
    assert.deepEqual([await found(`before${people}`), await found(`after${people}`)], [[], [room.id]]);
    await world.rooms.change(ada, room.id, { archived: true });
    assert.deepEqual(await found(`after${people}`), []);
    await world.rooms.change(ada, room.id, { archived: false });
    assert.deepEqual(await found(`after${people}`), [room.id]);
  });

  test('an entry without its room, or of an old name, is dropped when it is read', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'open', name: `real${people}` });
    const stale = [
      { place: { name: `ghost${people}`, id: world.store.freshId() }, text: `ghost${people}\n` },
      { place: { name: `ghost${people}`, id: room.id }, text: `ghost${people}\n` },
    ];
    for (const entry of stale) await world.store.rooms.holdOpen(entry);
    assert.deepEqual((await world.rooms.open(ben, { q: `ghost${people}` })).rooms, []);
    assert.deepEqual((await world.store.rooms.pageOpen(undefined, `ghost${people}`, 10)).entries, []);
  });
});

describe('members', () => {
  test('joining an open room is told to one’s own devices, and asked again it mends the list', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'open', name: 'Lobby' });
    const told = await world.told(ben);
    const first = await world.members.put(ben, room.id, ben.user);
    assert.deepEqual([first.made, first.member.user.id, first.member.role], [true, ben.user, 'member']);
    assert.deepEqual(await ids(ben), [room.id]);
    await world.line.dropRoom(ben.user, room.id);
    assert.equal((await world.members.put(ben, room.id, ben.user)).made, false);
    assert.deepEqual(await ids(ben), [room.id]);
    await world.members.end(ben, room.id, ben.user);
    assert.deepEqual(await ids(ben), []);
    assert.deepEqual(
      (await told(3)).map(({ kind }) => kind),
      ['room.added', 'room.added', 'room.gone'],
    );
    await assert.rejects(world.members.end(ben, room.id, ben.user), refused('not_found'));
  });

  test('P5 nobody’s list is touched by whom it does not concern', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'closed', name: 'Closed', members: [cleo.user] });
    await assert.rejects(world.members.put(ben, room.id, ben.user), refused('not_found'));
    await assert.rejects(world.members.put(ben, room.id, dan.user), refused('not_found'));
    await assert.rejects(world.members.put(cleo, room.id, dan.user), refused('forbidden'));
    await assert.rejects(world.members.put(ben, world.store.freshId(), ben.user), refused('not_found'));
    await assert.rejects(world.members.put(ada, room.id, NOBODY), refused('not_found'));
    assert.deepEqual([await world.line.rooms(ben.user), await world.line.rooms(dan.user)], [[], []]);
    assert.equal((await world.members.put(ada, room.id, dan.user)).made, true);
    assert.deepEqual(await ids(dan), [room.id]);
  });

  test('somebody removed is told, and has the room no longer', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'closed', name: 'Closed', members: [ben.user] });
    const told = await world.told(ben);
    await world.members.end(ada, room.id, ben.user);
    assert.deepEqual(await ids(ben), []);
    assert.deepEqual(await world.line.rooms(ben.user), []);
    assert.deepEqual(await told(1), [{ kind: 'room.gone', room: room.id }]);
  });

  test('what is put aside is so on every device, until more is said', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'direct', members: [ben.user] });
    const told = await world.told(ben);
    const change = (who: Who, listedFrom: number) => world.members.change(who, room.id, ben.user, { listedFrom });
    await change(ben, 1_000);
    await change(ben, 1_000);
    const { seq, listedFrom, involvement } = await world.rooms.one(ben, room.id);
    assert.deepEqual([listedFrom, involvement], [seq + 1, 'everything'], 'the next message brings it back');
    assert.equal((await world.rooms.one(ada, room.id)).listedFrom, undefined, 'nobody else’s business');
    assert.deepEqual(await told(1), [
      { kind: 'room.own', room: room.id, involvement: 'everything', listedFrom: seq + 1 },
    ]);
    await world.members.change(ben, room.id, ben.user, { involvement: 'nothing' });
    assert.equal((await world.rooms.one(ben, room.id)).listedFrom, seq + 1, 'what is not named stays');
    await change(ben, 0);
    assert.equal((await world.rooms.one(ben, room.id)).listedFrom, undefined);
    await assert.rejects(change(ada, 1), refused('forbidden'));
  });

  test('involvement is one’s own, roles are the owner’s', async () => {
    const { room } = await world.rooms.create(ada, { kind: 'closed', name: 'Closed', members: [ben.user] });
    await world.members.change(ben, room.id, ben.user, { involvement: 'nothing' });
    assert.equal((await world.rooms.one(ben, room.id)).involvement, 'nothing');
    await assert.rejects(
      world.members.change(ada, room.id, ben.user, { involvement: 'nothing' }),
      refused('forbidden'),
    );
    await assert.rejects(
      world.members.change(cleo, room.id, ben.user, { involvement: 'nothing' }),
      refused('not_found'),
    );
    assert.equal((await world.members.change(ada, room.id, ben.user, { role: 'admin' })).role, 'admin');
    const { members, count, next } = await world.members.list(ben, room.id, {});
    assert.deepEqual([members.map(({ user }) => user.id), count, next], [[ada.user, ben.user], 2, undefined]);
    await assert.rejects(world.members.list(ben, room.id, { after: '-inf' }), refused('bad_request'));
  });
});

test('whoever comes and goes, or makes rooms, all the time is told to wait', async () => {
  const { room } = await world.rooms.create(ada, { kind: 'open', name: 'Door' });
  const come = () => world.members.put(cleo, room.id, cleo.user);
  const go = () => world.members.end(cleo, room.id, cleo.user);
  for (let at = 0; at < 50; at += 1) {
    await come();
    await go();
  }
  await assert.rejects(come(), (error) => refused('rate_limited')(error) && Number(retryOf(error)) <= 200);
  await assert.rejects(world.rooms.create(cleo, { kind: 'closed', name: 'x' }), refused('rate_limited'));
  await assert.rejects(world.rooms.change(cleo, room.id, { name: 'x' }), refused('rate_limited'));
  assert.equal((await world.members.put(ben, room.id, ben.user)).made, true, 'nobody else has to');
  world.store.clock.pass(200);
  await come();
  await assert.rejects(go(), refused('rate_limited'));
});

test('P9 a list of very many rooms is not given as often as one of few', async () => {
  for (let at = 0; at < 4; at += 1) await world.rooms.create(dan, { kind: 'closed', name: `${at}` });
  let lists = 0;
  const list = async () => {
    await world.rooms.list(dan);
    lists += 1;
  };
  await assert.rejects(async () => {
    for (;;) await list();
  }, refused('rate_limited'));
  assert.equal(lists, 20_000 / 4);
});

describe('messages', () => {
  let room: RoomId;
  beforeEach(async () => {
    ({ id: room } = (await world.rooms.create(ada, { kind: 'closed', name: 'Talk', members: [ben.user] })).room);
  });

  test('the author’s copies alone say until when a recall is possible', async () => {
    const { message } = await send(ada, room, 'hello');
    const until = new Date(world.store.clock.now() + 120_000).toISOString();
    assert.ok('recallUntil' in message && message.recallUntil === until);
    const copies = async (who: Who) => [
      await world.messages.one(who, room, message.seq),
      (await world.messages.page(who, room, {})).messages.at(-1),
      (await world.rooms.one(who, room)).last,
    ];
    for (const copy of await copies(ada)) assert.ok(copy && 'recallUntil' in copy && copy.recallUntil === until);
    for (const copy of await copies(ben)) assert.ok(copy && !('recallUntil' in copy));
    world.store.clock.pass(120_000);
    for (const copy of await copies(ada)) assert.ok(copy && !('recallUntil' in copy));
  });

  test('texts that nobody could read are refused before anything is stored', async () => {
    const bad: [string, string][] = [
      ['', 'empty_text'],
      [' \n\t\u200b\u2060\u00ad', 'empty_text'],
      ['\u0301\u0301', 'empty_text'],
      ['a\u0000b', 'bad_request'],
      ['\ud800', 'malformed_unicode'],
      [`q${'\u0301'.repeat(9)}`, 'bad_request'],
      ['x'.repeat(12_001), 'text_too_long'],
      ['😀'.repeat(12_001), 'text_too_long'],
    ];
    const { seq } = await world.rooms.one(ada, room);
    for (const [text, code] of bad) await assert.rejects(send(ada, room, text, 'n'), refused(code), code);
    assert.equal((await world.rooms.one(ada, room)).seq, seq);
    for (const text of ['😀'.repeat(12_000), `z${'\u0301'.repeat(8)}`, '\u202eabc', '.']) {
      world.store.clock.pass(1_000);
      const { message } = await send(ada, room, text, `n${text.length}`);
      assert.ok('text' in message && message.text === text);
    }
  });

  test('somebody who sends too fast is told when to come back', async () => {
    for (let at = 0; at < 20; at += 1) await send(ada, room, `burst ${at}`);
    await assert.rejects(send(ada, room, 'one more'), (error) => {
      assert.ok(refused('rate_limited')(error));
      assert.equal((error as { more: { retryAfterMs: number } }).more.retryAfterMs, 200);
      return true;
    });
    await send(ben, room, 'others go on');
    world.store.clock.pass(200);
    await send(ada, room, 'and then');
  });

  test('hiding and reading are told to one’s own devices', async () => {
    const { message } = await send(ada, room, 'one');
    const told = await world.told(ben);
    assert.deepEqual(await world.rooms.read(ben, room, message.seq), { readSeq: message.seq, unread: 0 });
    await world.rooms.read(ben, room, message.seq);
    const hidden = await world.messages.hide(ben, room, message.seq);
    assert.equal(hidden.kind, 'hidden');
    assert.deepEqual(await told(2), [
      { kind: 'room.read', room, readSeq: message.seq, unread: 0 },
      { kind: 'message.hidden', room, seq: message.seq, unread: 0 },
    ]);
  });

  test('a removal stands in the audit log, without a word of the message', async () => {
    const { message } = await send(ben, room, 'cnry-audit');
    await world.messages.remove(ada, room, message.seq, { reason: ' rude ' });
    await world.messages.remove(ada, room, message.seq, { reason: 'again' });
    const [entry, ...rest] = (await world.audit.page(undefined, 10)).filter(({ target }) => target === room);
    assert.deepEqual([entry?.act, entry?.actor, entry?.detail], ['message.removed', ada.user, String(message.seq)]);
    assert.equal(rest.length, 0);
    await assert.rejects(
      world.messages.remove(ada, room, message.seq, { reason: 'x'.repeat(257) }),
      refused('bad_request'),
    );
  });

  test('P4 the feed over REST: what happened since, as one may see it, or that it cannot be whole', async () => {
    const { rev, epoch } = await world.rooms.one(ben, room);
    const { message } = await send(ada, room, 'one', 'my-nonce');
    const mine = await world.messages.events(ada, room, { after: rev, epoch });
    const [event] = mine.events;
    assert.ok(event?.event.kind === 'message.sent' && event.event.nonce === 'my-nonce');
    const theirs = await world.messages.events(ben, room, { after: rev });
    assert.ok(!JSON.stringify(theirs).includes('my-nonce'));
    assert.deepEqual([theirs.rev, theirs.epoch, theirs.events[0]?.rev], [message.rev, epoch, message.rev]);
    await assert.rejects(world.messages.events(ben, room, { after: 999 }), refused('cursor_too_old'));
    await assert.rejects(world.messages.events(cleo, room, { after: 0 }), refused('not_found'));
    await assert.rejects(world.messages.page(ben, room, { before: 3, after: 1 }), refused('bad_request'));
  });
});

describe('importing', () => {
  test('is the server owner’s, into a room of theirs; known names become their accounts', async () => {
    const owner = await world.person(`root${people}`, 'owner');
    const { room } = await world.rooms.create(owner, { kind: 'closed', name: 'Old days' });
    const line = (nonce: string, name: string, more: object = {}) => ({
      ...{ nonce: nonce as Nonce, name, at: '2009-01-01T00:00:00.000Z', text: `by ${name}` },
      ...more,
    });
    const lines = [line('a', `ADA${people}`), line('b', 'a stranger'), line('c', '<b>&')];
    await assert.rejects(world.bring.import(ada, room.id, lines), refused('forbidden'));
    assert.deepEqual(await world.bring.import(owner, room.id, lines), { stored: 3, again: 0, seq: 4 });
    const { messages } = await world.messages.page(owner, room.id, { after: 1 });
    assert.deepEqual(
      messages.map((message) => (message.kind === 'text' ? message.author : '')),
      [ada.user, '00imported', '00imported'],
    );
    for (const wrong of [
      { at: '2199-01-01T00:00:00.000Z' },
      { at: '1969-12-31T23:59:59.999Z' },
      { at: '2009-99-01T00:00:00.000Z' },
      { name: '\u200b' },
    ]) {
      await assert.rejects(world.bring.import(owner, room.id, [line('d', 'x', wrong)]), refused('bad_request'));
    }
    await assert.rejects(world.bring.import(owner, room.id, [line('e', 'x', { text: ' ' })]), refused('empty_text'));
    assert.equal((await world.rooms.one(owner, room.id)).seq, 4);
    const other = await world.rooms.create(ada, { kind: 'closed', name: 'Not the owner’s' });
    await assert.rejects(world.bring.import(owner, other.room.id, lines), refused('not_found'));
    const [entry] = await world.audit.page(undefined, 1);
    assert.deepEqual([entry?.act, entry?.target, entry?.detail], ['room.imported', room.id, '3 messages']);
  });
});
