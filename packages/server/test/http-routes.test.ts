import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newNonce, type Person } from '@rill/harness';
import type {
  Edits,
  Events,
  ListedMember,
  Members,
  Message,
  OpenRoom,
  OpenRooms,
  ReadMark,
  Room,
  Rooms,
} from '@rill/protocol';
import { type Scene, setScene } from './people.ts';

let scene: Scene;
before(async () => {
  scene = await setScene();
});
after(() => scene.stop());

const fresh = async (members: readonly Person[] = []): Promise<Room> =>
  scene.owner.makeRoom({ name: 'Fresh', members: members.map(({ id }) => id) });

test('the server says who it is to anybody', async () => {
  const answer = await fetch(`${scene.server.url}/api/v1/server`);
  assert.equal(answer.status, 200);
  const body = (await answer.json()) as Record<string, unknown>;
  assert.equal(body.registration, 'open');
  assert.equal(body.waitsForOwner, false);
});

test('a room is made, found in the list, described, renamed, archived and restored', async () => {
  const made = await scene.owner.ask('POST', '/rooms', { kind: 'closed', name: 'Plans' });
  assert.equal(made.status, 201);
  const room = made.body as Room;
  assert.equal(made.headers.get('location'), `/api/v1/rooms/${room.id}`);
  assert.equal(room.role, 'owner');
  const { rooms } = await scene.owner.get<Rooms>('/rooms');
  assert.ok(rooms.some(({ id }) => id === room.id));
  const changed = await scene.owner.patch<Room>(`/rooms/${room.id}`, { name: 'Better plans', topic: 'What we do' });
  assert.deepEqual([changed.name, changed.topic], ['Better plans', 'What we do']);
  const stale = await scene.owner.ask('PATCH', `/rooms/${room.id}`, { name: 'Late', rev: room.rev });
  assert.deepEqual([stale.status, (stale.body as { code: string }).code], [409, 'moved_on']);
  assert.equal((await scene.owner.patch<Room>(`/rooms/${room.id}`, { archived: true })).archived, true);
  const said = await scene.owner.ask('POST', `/rooms/${room.id}/messages`, { nonce: newNonce(), text: 'too late' });
  assert.equal((said.body as { code: string }).code, 'room_archived');
  assert.equal((await scene.owner.patch<Room>(`/rooms/${room.id}`, { archived: false })).archived, false);
});

test('what is wrong with a request is told by field, and an unknown one by its name', async () => {
  const ask = async (body: object) =>
    (await scene.owner.ask('POST', '/rooms', body)).body as { code: string; errors?: { at: string; is: string }[] };
  const unknown = await ask({ kind: 'closed', name: 'Plans', colour: 'red', size: 7 });
  assert.deepEqual(unknown.errors, [
    { at: 'body/colour', is: 'is no field of this address' },
    { at: 'body/size', is: 'is no field of this address' },
  ]);
  const wrong = await ask({ kind: 'closed', name: 7 });
  assert.deepEqual(wrong.errors, [{ at: 'body/name', is: 'must be string' }]);
});

test('an open room is found and joined, once', async () => {
  const room = await scene.owner.makeRoom({ kind: 'open', name: 'Everybody here' });
  const { rooms } = await scene.outsider.get<OpenRooms>('/rooms?scope=open&limit=200');
  assert.ok(rooms.some(({ id, joined }) => id === room.id && !joined));
  const path = `/rooms/${room.id}/members/me`;
  assert.equal((await scene.outsider.ask('PUT', path)).status, 201);
  assert.equal((await scene.outsider.ask('PUT', path)).status, 200);
  assert.equal((await scene.outsider.ask('DELETE', path)).status, 204);
  assert.equal((await scene.outsider.ask('GET', `/rooms/${room.id}`)).status, 404);
});

test('P5 an open room can be looked at before one joins it, by its id; a closed one, and one that is archived, is not there', async () => {
  const room = await scene.owner.post<Room>('/rooms', { kind: 'open', name: 'Fresh' });
  const card = await scene.outsider.get<OpenRoom>(`/rooms/${room.id}/card`);
  assert.deepEqual(
    [card.id, card.name, card.members, card.joined, Object.keys(card).toSorted()],
    [room.id, room.name, 1, false, ['id', 'joined', 'lastAt', 'members', 'name', 'topic']],
  );
  assert.equal((await scene.owner.get<OpenRoom>(`/rooms/${room.id}/card`)).joined, true);
  const closed = await scene.owner.post<Room>('/rooms', { kind: 'closed', name: 'Plans' });
  await scene.owner.patch(`/rooms/${room.id}`, { archived: true });
  for (const { id } of [closed, room]) {
    const { status, body } = await scene.outsider.ask('GET', `/rooms/${id}/card`);
    assert.deepEqual([status, (body as { code: string }).code], [404, 'not_found']);
  }
});

test('who is alone in a room may leave it: it is archived, and nobody comes into it any more', async () => {
  const room = await scene.owner.post<Room>('/rooms', { kind: 'open', name: 'Fresh' });
  assert.equal((await scene.owner.ask('DELETE', `/rooms/${room.id}/members/me`)).status, 204);
  const { rooms } = await scene.owner.get<{ rooms: Room[] }>('/rooms');
  assert.ok(!rooms.some(({ id }) => id === room.id));
  for (const person of [scene.owner, scene.outsider]) {
    assert.equal((await person.ask('PUT', `/rooms/${room.id}/members/me`)).status, 404);
    assert.equal((await person.ask('GET', `/rooms/${room.id}`)).status, 404);
  }
});

test('a direct room is made once for the same people', async () => {
  const first = await scene.owner.ask('POST', '/rooms', { kind: 'direct', members: [scene.member.id] });
  const again = await scene.member.ask('POST', '/rooms', { kind: 'direct', members: [scene.owner.id] });
  assert.deepEqual([first.status, again.status], [201, 200]);
  assert.equal((first.body as Room).id, (again.body as Room).id);
});

test('members are found by the beginning of a name, and nobody else is', async () => {
  const far = await scene.server.person({ username: 'zhaomin', displayName: '赵敏' });
  const near = await scene.server.person({ username: 'zhaoyun', displayName: '赵 云' });
  const room = await fresh([near]);
  const find = async (q: string) =>
    (await scene.owner.get<Members>(`/rooms/${room.id}/members?q=${encodeURIComponent(q)}`)).members.map(
      ({ user, role }) => [user.id, role],
    );
  for (const q of ['zhao', 'ZHAOY', '赵', '云']) assert.deepEqual(await find(q), [[near.id, 'member']], q);
  for (const q of ['zhaomin', '敏', 'hao', ' ', '*']) assert.deepEqual(await find(q), [], q);
  const own = await find(scene.owner.username);
  assert.deepEqual(own, [[scene.owner.id, 'owner']]);
  const { count } = await scene.owner.get<Members>(`/rooms/${room.id}/members?q=zhao`);
  assert.equal(count, 2, 'of the room, not of those found');
  assert.equal((await far.ask('GET', `/rooms/${room.id}/members?q=zhao`)).status, 404);
  assert.equal((await scene.owner.ask('GET', `/rooms/${room.id}/members?q=zhao&after=1`)).status, 400);
  assert.equal((await scene.owner.ask('GET', `/rooms/${room.id}/members?q=`)).status, 400);
});

test('members are added, listed by pages, raised and removed', async () => {
  const room = await fresh();
  const path = `/rooms/${room.id}/members`;
  assert.equal((await scene.owner.ask('PUT', `${path}/${scene.member.id}`)).status, 201);
  const raised = await scene.owner.patch<ListedMember>(`${path}/${scene.member.id}`, { role: 'admin' });
  assert.equal(raised.role, 'admin');
  const first = await scene.member.get<Members>(`${path}?limit=1`);
  assert.deepEqual([first.count, first.members.length], [2, 1]);
  const second = await scene.member.get<Members>(`${path}?limit=1&after=${encodeURIComponent(first.next ?? '')}`);
  assert.equal(second.members[0]?.user.id, scene.member.id);
  const own = await scene.member.patch<ListedMember>(`${path}/me`, { involvement: 'nothing' });
  assert.equal(own.user.id, scene.member.id);
  const last = await scene.owner.ask('DELETE', `${path}/me`);
  assert.deepEqual([last.status, (last.body as { code: string }).code], [409, 'last_owner']);
  assert.equal((await scene.owner.ask('DELETE', `${path}/${scene.member.id}`)).status, 204);
});

test('P2 a message sent again is answered with 200 and is the same', async () => {
  const room = await fresh();
  const nonce = newNonce();
  const path = `/rooms/${room.id}/messages`;
  const first = await scene.owner.ask('POST', path, { nonce, text: '你好' });
  const again = await scene.owner.ask('POST', path, { nonce, text: '你好' });
  assert.deepEqual([first.status, again.status], [201, 200]);
  assert.deepEqual(first.body, again.body);
  const { seq } = first.body as Message;
  assert.equal(first.headers.get('location'), `/api/v1/rooms/${room.id}/messages/${seq}`);
  const other = await scene.owner.ask('POST', path, { nonce, text: 'something else' });
  assert.deepEqual([other.status, (other.body as { code: string }).code], [422, 'nonce_reused']);
});

test('P2 fifty copies of one message at once make one message', async () => {
  const room = await fresh();
  const body = { nonce: newNonce(), text: 'once' };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => scene.owner.ask('POST', `/rooms/${room.id}/messages`, body)),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.equal(answers.filter(({ status }) => status === 200).length, 49);
  const { messages } = await scene.owner.page(room.id);
  assert.equal(messages.filter((each) => 'text' in each && each.text === 'once').length, 1);
});

test('history is paged before, after and around, every seq of it', async () => {
  const room = await fresh();
  for (let at = 1; at <= 10; at += 1) await scene.owner.say(room.id, `line ${at}`);
  const seqs = async (query: string) => (await scene.owner.page(room.id, query)).messages.map(({ seq }) => seq);
  const newest = await seqs('?limit=3');
  const head = newest.at(-1) ?? 0;
  assert.deepEqual(newest, [head - 2, head - 1, head]);
  assert.deepEqual(await seqs(`?before=${head - 2}&limit=2`), [head - 4, head - 3]);
  assert.deepEqual(await seqs('?after=0&limit=2'), [1, 2]);
  assert.ok((await seqs('?around=5&limit=5')).includes(5));
  assert.deepEqual(await seqs(`?after=${head}`), []);
});

test('a message is read, edited with its history, recalled, hidden, removed', async () => {
  const room = await fresh([scene.member]);
  const path = `/rooms/${room.id}/messages`;
  const { seq } = await scene.member.say(room.id, 'first words');
  const one = await scene.member.get<Message>(`${path}/${seq}`);
  assert.ok('recallUntil' in one, 'its author is told until when it may be recalled');
  assert.ok(!('recallUntil' in (await scene.owner.get<Message>(`${path}/${seq}`))), 'nobody else is');
  const edited = await scene.member.patch<Message>(`${path}/${seq}`, { text: 'second words', rev: one.rev });
  assert.ok('text' in edited && edited.text === 'second words');
  const { edits } = await scene.owner.get<Edits>(`${path}/${seq}/edits`);
  assert.deepEqual(
    edits.map(({ text }) => text),
    ['first words', 'second words'],
  );
  assert.ok('recalled' in (await scene.member.post<Message>(`${path}/${seq}/recall`)));

  const second = await scene.member.say(room.id, 'not for me any more');
  assert.equal((await scene.member.post<Message>(`${path}/${second.seq}/hide`)).kind, 'hidden');
  assert.ok('text' in (await scene.owner.get<Message>(`${path}/${second.seq}`)));
  const refused = await scene.member.ask('POST', `${path}/${second.seq}/remove`, { reason: 'mine' });
  assert.deepEqual([refused.status, (refused.body as { code: string }).code], [403, 'forbidden']);
  const removed = await scene.owner.post<Message>(`${path}/${second.seq}/remove`, { reason: 'off topic' });
  assert.ok('removed' in removed && removed.removed.reason === 'off topic');

  const third = await scene.member.say(room.id, 'no reason');
  assert.ok('removed' in (await scene.owner.post<Message>(`${path}/${third.seq}/remove`)), 'a reason may be left out');
});

test('the feed is read over REST, from a cursor on', async () => {
  const room = await fresh();
  const { rev } = await scene.owner.say(room.id, 'one more');
  const { events, epoch } = await scene.owner.get<Events>(`/rooms/${room.id}/events?after=${rev - 1}`);
  assert.deepEqual(
    events.map((each) => [each.rev, each.event.kind]),
    [[rev, 'message.sent']],
  );
  const old = await scene.owner.ask('GET', `/rooms/${room.id}/events?after=${rev}&epoch=zzzzzzzz`);
  assert.deepEqual([old.status, (old.body as { code: string }).code], [410, 'cursor_too_old']);
  assert.deepEqual((await scene.owner.get<Events>(`/rooms/${room.id}/events?after=${rev}&epoch=${epoch}`)).events, []);
});

test('P10 what is read is marked, and a mark never goes back', async () => {
  const room = await fresh([scene.member]);
  const { seq } = await scene.owner.say(room.id, 'read me');
  const { seq: second } = await scene.owner.say(room.id, 'and me');
  assert.equal((await scene.member.get<Room>(`/rooms/${room.id}`)).unread, 2);
  assert.deepEqual(await scene.member.put<ReadMark>(`/rooms/${room.id}/read`, { seq }), { readSeq: seq, unread: 1 });
  await scene.member.put<ReadMark>(`/rooms/${room.id}/read`, { seq: second });
  assert.equal((await scene.member.put<ReadMark>(`/rooms/${room.id}/read`, { seq })).readSeq, second);
});

test('the owner imports lines with their own times, once', async () => {
  const room = await fresh();
  const messages = [
    { nonce: newNonce(), name: 'Ada', at: '2009-01-01T00:00:00.000Z', text: 'hello from long ago' },
    { nonce: newNonce(), name: 'Bo', at: '2009-01-01T00:00:01.000Z', text: '你好' },
  ];
  const path = `/rooms/${room.id}/import`;
  assert.equal((await scene.owner.post<{ stored: number }>(path, { messages })).stored, 2);
  assert.deepEqual(
    await scene.owner
      .post<{ stored: number; again: number }>(path, { messages })
      .then(({ stored, again }) => [stored, again]),
    [0, 2],
  );
  const { messages: page } = await scene.owner.page(room.id);
  const [line] = page.filter((each) => 'imported' in each);
  assert.ok(line && 'imported' in line && line.imported?.name === 'Ada' && line.at === messages[0]?.at);
  const refused = await scene.member.ask('POST', path, { messages });
  assert.equal(refused.status, 403);
});
