import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newNonce } from '@rill/harness';
import type { Members, Room, Users } from '@rill/protocol';
import { as, asMember, type Bad, refuseAll } from './bad-input.ts';
import { type Scene, setScene } from './people.ts';

const ODD_IDS = [
  'x',
  'a'.repeat(90),
  '٣'.repeat(18),
  '7FABCDEFGHIJKLMNOP',
  '7fabcdefghijklmnop0',
  '..',
  '%00',
  '{x}',
  'a}{b',
  '*',
  '?',
  '[a-z]',
  '\r\nDEL k',
  '-1',
  '0',
  '00000000-0000-0000-0000-000000000000',
  '7f0000000000000 00',
  "7fabcdefghijklmno'",
];
const encoded = (id: string) => (id === '%00' ? id : encodeURIComponent(id));
const userIds = (count: number) => Array.from({ length: count }, (_, at) => `a${String(at).padStart(9, '0')}`);
const inRoom =
  (path: string): ((scene: Scene) => string) =>
  ({ room }) =>
    `/rooms/${room.id}${path}`;
const page = (query: string) => asMember('GET', inRoom(`/messages?${query}`));
const feed = (query: string) => asMember('GET', inRoom(`/events?${query}`));
const BAD_NUMBERS = [
  '-1',
  '9007199254740992',
  '18446744073709551616',
  '1e30',
  '1e2',
  'abc',
  '0-0',
  '5-1-2',
  '(',
  '%2B',
  '-',
  '$',
  '>',
  '01',
  '1.5',
  '',
  '%20',
  '0x10',
  'NaN',
  '١',
];

const rows: Bad[] = [
  ...ODD_IDS.filter((id) => id !== '..').flatMap((id): Bad[] => [
    {
      name: `B49 ${JSON.stringify(id.slice(0, 24))} for a room`,
      send: asMember('GET', `/rooms/${encoded(id)}`),
      status: 400,
      code: 'bad_request',
    },
    {
      name: `B49 ${JSON.stringify(id.slice(0, 24))} for a user`,
      send: asMember('GET', `/users/${encoded(id)}`),
      status: 400,
      code: 'bad_request',
    },
    {
      name: `B49 ${JSON.stringify(id.slice(0, 24))} for a session`,
      send: asMember('DELETE', `/sessions/${encoded(id)}`),
      status: 400,
      code: 'bad_request',
    },
  ]),
  { name: 'B49 .. for a room', send: asMember('GET', '/rooms/..'), status: [400, 404] },
  { name: 'B49 nothing for a room', send: asMember('GET', '/rooms/'), status: 400, code: 'bad_request' },
  { name: 'B49 an unknown room', send: asMember('GET', '/rooms/7fabcdefghijklmnop'), status: 404, code: 'not_found' },
  { name: 'B49 an unknown user', send: asMember('GET', '/users/aaaaaaaaaa'), status: 404, code: 'not_found' },
  {
    name: 'B49 an unknown session',
    send: asMember('DELETE', '/sessions/aaaaaaaaaaaa'),
    status: 404,
    code: 'not_found',
  },
  {
    name: 'B49 somebody else’s session',
    send: asMember('DELETE', ({ owner }) => `/sessions/${owner.session}`),
    status: 404,
    code: 'not_found',
  },
  { name: 'B49 an unknown message', send: asMember('GET', inRoom('/messages/999')), status: 404, code: 'not_found' },
  {
    name: 'B50 a room with 10,000 members at once',
    send: as('owner', 'POST', '/rooms', JSON.stringify({ kind: 'closed', name: 'All', members: userIds(10_000) })),
    status: 400,
    code: 'bad_request',
  },
  {
    name: 'B50 a hundred and one users at once',
    send: asMember('GET', `/users?ids=${userIds(101).join(',')}`),
    status: 400,
    code: 'bad_request',
  },
  ...BAD_NUMBERS.flatMap((value): Bad[] => [
    { name: `B51 before=${value}`, send: page(`before=${value}`), status: 400, code: 'bad_request' },
    { name: `B51 the feed after ${value}`, send: feed(`after=${value}`), status: 400, code: 'bad_request' },
  ]),
  ...BAD_NUMBERS.filter((value) => value !== '').map(
    (value): Bad => ({
      name: `B51 the message ${value}`,
      send: asMember('GET', inRoom(`/messages/${value}`)),
      status: 400,
      code: 'bad_request',
    }),
  ),
  { name: 'B51 the message 0', send: asMember('GET', inRoom('/messages/0')), status: 400 },
  { name: 'B51 the feed without a position', send: feed(''), status: 400 },
  { name: 'B51 the feed after what is to come', send: feed('after=9007199254740991'), status: [200, 410] },
  {
    name: 'B51 a page of open rooms after nowhere',
    send: asMember('GET', '/rooms?scope=open&after=%7Bx%7D*'),
    status: [200, 400],
  },
  { name: 'B51 members after nowhere', send: asMember('GET', inRoom('/members?after=*')), status: 400 },
  { name: 'B51 the audit log after nowhere', send: as('owner', 'GET', '/audit?after=%24'), status: 400 },
  { name: 'B52 another epoch', send: feed('after=1&epoch=zzzzzzzz'), status: 410, code: 'cursor_too_old' },
  { name: 'B52 an empty epoch', send: feed('after=1&epoch='), status: 400 },
  { name: 'B52 an epoch of 1 KB', send: feed(`after=1&epoch=${'a'.repeat(1_024)}`), status: 400 },
  ...['0', '-5', '1000000000', 'all', '201'].map(
    (limit): Bad => ({ name: `B53 limit=${limit}`, send: page(`limit=${limit}`), status: 400, code: 'bad_request' }),
  ),
  { name: 'B53 before and after', send: page('before=5&after=1'), status: 400, code: 'bad_request' },
  { name: 'B53 the same twice', send: page('before=5&before=6'), status: 400, code: 'bad_request' },
  { name: 'B53 an unknown field', send: page('befor=5'), status: 400, code: 'bad_request' },
  {
    name: 'B53 a field like those that every object has',
    send: page('__proto__=5&constructor=6'),
    status: 400,
    code: 'bad_request',
  },
  { name: 'B53 a field in brackets', send: page('before[$gt]=5'), status: 400, code: 'bad_request' },
  { name: 'B53 a search of 1 KB', send: asMember('GET', `/users?q=${'a'.repeat(1_024)}`), status: 400 },
  {
    name: 'B54 a message with a time of its own',
    send: asMember('POST', inRoom('/messages'), '{"nonce":"n","text":"a","at":"1970-01-01T00:00:00.000Z"}'),
    status: 400,
  },
  ...['1970', '9999-99-99T99:99:99.999Z', '2009-01-01', 'NaN', '-1', '+275760-09-13T00:00:00.000Z'].map(
    (at): Bad => ({
      name: `B54 importing from ${at}`,
      send: as(
        'owner',
        'POST',
        inRoom('/import'),
        JSON.stringify({ messages: [{ nonce: 'n', name: 'A', at, text: 'x' }] }),
      ),
      status: 400,
    }),
  ),
  {
    name: 'B54 importing from tomorrow',
    send: as(
      'owner',
      'POST',
      inRoom('/import'),
      JSON.stringify({ messages: [{ nonce: 'n', name: 'A', at: '2999-01-01T00:00:00.000Z', text: 'x' }] }),
    ),
    status: 400,
  },
  {
    name: 'B54 recalling after a year and a second',
    send: as('owner', 'PATCH', inRoom(''), '{"policies":{"recallSeconds":31536001}}'),
    status: 400,
  },
  {
    name: 'B54 recalling before sending',
    send: as('owner', 'PATCH', inRoom(''), '{"policies":{"recallSeconds":-1}}'),
    status: 400,
  },
  {
    name: 'B58 editing somebody else’s',
    send: asMember('PATCH', ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}`, '{"text":"mine"}'),
    status: 403,
    code: 'not_author',
  },
  {
    name: 'B58 editing to nothing',
    send: as('owner', 'PATCH', ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}`, '{"text":" "}'),
    status: 400,
    code: 'empty_text',
  },
  {
    name: 'B58 editing without a text',
    send: as('owner', 'PATCH', ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}`, '{"rev":1}'),
    status: 400,
  },
  {
    name: 'B58 editing what has moved',
    send: as(
      'owner',
      'PATCH',
      ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}`,
      '{"text":"x","rev":0}',
    ),
    status: 409,
    code: 'moved_on',
  },
  {
    name: 'B58 editing a note of the room itself',
    send: as('owner', 'PATCH', inRoom('/messages/1'), '{"text":"x"}'),
    status: [400, 403, 404, 409],
  },
  {
    name: 'B58 recalling somebody else’s',
    send: asMember('POST', ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}/recall`),
    status: 403,
    code: 'not_author',
  },
  {
    name: 'B60 raising oneself',
    send: asMember('PATCH', inRoom('/members/me'), '{"role":"owner"}'),
    status: 403,
    code: 'forbidden',
  },
  {
    name: 'B60 adding as a plain member',
    send: asMember('PUT', ({ room, outsider }) => `/rooms/${room.id}/members/${outsider.id}`),
    status: 403,
    code: 'forbidden',
  },
  {
    name: 'B60 removing the owner',
    send: asMember('DELETE', ({ room, owner }) => `/rooms/${room.id}/members/${owner.id}`),
    status: 403,
    code: 'forbidden',
  },
  {
    name: 'B60 removing who is not in it',
    send: as('owner', 'DELETE', ({ room, outsider }) => `/rooms/${room.id}/members/${outsider.id}`),
    status: [204, 404],
  },
  {
    name: 'B60 adding nobody',
    send: as('owner', 'PUT', inRoom('/members/aaaaaaaaaa')),
    status: 404,
    code: 'not_found',
  },
  {
    name: 'B60 the last owner leaving',
    send: as('owner', 'DELETE', inRoom('/members/me')),
    status: 409,
    code: 'last_owner',
  },
  {
    name: 'B60 the last owner stepping down',
    send: as('owner', 'PATCH', inRoom('/members/me'), '{"role":"member"}'),
    status: 409,
    code: 'last_owner',
  },
  {
    name: 'B60 a direct room with oneself',
    send: asMember('POST', '/rooms', '{"kind":"direct"}'),
    status: [400, 201],
    taken: true,
  },
  {
    name: 'B60 a direct room with a name',
    send: asMember('POST', '/rooms', '{"kind":"direct","name":"x","members":["aaaaaaaaaa"]}'),
    status: [400, 404],
  },
  {
    name: 'B61 a reply, before there are replies',
    send: asMember('POST', inRoom('/messages'), '{"nonce":"n","text":"a","reply":1}'),
    status: 400,
  },
  {
    name: 'reading beyond the head',
    send: asMember('PUT', inRoom('/read'), '{"seq":9007199254740991}'),
    status: [200, 400],
    taken: true,
  },
  { name: 'B104 a server without a name', send: as('owner', 'PATCH', '/settings', '{"name":""}'), status: 400 },
  {
    name: 'B104 an unknown registration',
    send: as('owner', 'PATCH', '/settings', '{"registration":"sometimes"}'),
    status: 400,
  },
  { name: 'B104 an invite for 0 people', send: as('owner', 'POST', '/invites', '{"uses":0}'), status: 400 },
  { name: 'B104 an invite for 1e9 people', send: as('owner', 'POST', '/invites', '{"uses":1000000000}'), status: 400 },
];
refuseAll(rows, 120);

let scene: Scene;
before(async () => {
  scene = await setScene();
});
after(() => scene.stop());

const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code;

test('P8 B58 a message is edited as often as it may be, and then no more', async () => {
  const { owner, room } = scene;
  const { seq } = await owner.say(room.id, 'version 0');
  const path = `/rooms/${room.id}/messages/${seq}`;
  for (let at = 1; at <= 20; at += 1) await owner.patch(path, { text: `version ${at}` });
  const refused = await owner.ask('PATCH', path, { text: 'version 21' });
  assert.deepEqual([refused.status, codeOf(refused)], [429, 'too_many_edits']);
  assert.equal(refused.headers.get('retry-after'), null, 'waiting does not help');
});

test('P6 B58 of edits and a recall at once, the recall stands', async () => {
  const { owner, room } = scene;
  for (let round = 0; round < 10; round += 1) {
    const { seq } = await owner.say(room.id, 'soon gone');
    const path = `/rooms/${room.id}/messages/${seq}`;
    const answers = await Promise.all([
      owner.ask('PATCH', path, { text: 'edited' }),
      owner.ask('POST', `${path}/recall`),
      owner.ask('PATCH', path, { text: 'edited again' }),
    ]);
    assert.equal(answers[1]?.status, 200);
    for (const edit of [answers[0], answers[2]])
      assert.ok(edit?.status === 200 || (edit && codeOf(edit) === 'message_gone'));
    assert.ok('recalled' in (await owner.get<object>(path)));
  }
});

test('P8 B50 whoever is named twice, or names oneself, is there once', async () => {
  const { owner, member } = scene;
  const members = [member.id, owner.id, member.id];
  for (const kind of ['closed', 'direct'] as const) {
    const room = await owner.post<Room>('/rooms', { kind, ...(kind === 'direct' ? {} : { name: 'Twice' }), members });
    assert.equal(room.members, 2, kind);
    const { members: there } = await owner.get<Members>(`/rooms/${room.id}/members`);
    assert.deepEqual(there.map(({ user }) => user.id).sort(), [owner.id, member.id].sort(), kind);
  }
  const { users } = await owner.get<Users>(`/users?ids=${member.id},${member.id}`);
  assert.deepEqual(
    users.map(({ id }) => id),
    [member.id],
  );
});

test('P8 B60 joining twice, leaving twice and adding twice are the same as once', async () => {
  const { owner, outsider } = scene;
  const room = await owner.makeRoom({ kind: 'open', name: 'Come and go' });
  const path = `/rooms/${room.id}/members`;
  const joined = await Promise.all(Array.from({ length: 5 }, () => outsider.ask('PUT', `${path}/me`)));
  assert.deepEqual(joined.map(({ status }) => status).sort(), [200, 200, 200, 200, 201]);
  assert.equal((await owner.ask('PUT', `${path}/${outsider.id}`)).status, 200);
  assert.equal((await outsider.ask('DELETE', `${path}/me`)).status, 204);
  assert.equal((await outsider.ask('DELETE', `${path}/me`)).status, 404);
  const said = await outsider.ask('POST', `/rooms/${room.id}/messages`, { nonce: newNonce(), text: 'still here?' });
  assert.equal(said.status, 404);
});

test('P8 B60 of two owners who step down at once, one stays', async () => {
  const { owner, member } = scene;
  for (let round = 0; round < 20; round += 1) {
    const room = await owner.makeRoom({ members: [member.id] });
    await owner.patch(`/rooms/${room.id}/members/${member.id}`, { role: 'owner' });
    const answers = await Promise.all([
      owner.ask('PATCH', `/rooms/${room.id}/members/${member.id}`, { role: 'member' }),
      member.ask('PATCH', `/rooms/${room.id}/members/${owner.id}`, { role: 'member' }),
      owner.ask('DELETE', `/rooms/${room.id}/members/me`),
      member.ask('DELETE', `/rooms/${room.id}/members/me`),
    ]);
    assert.ok(answers.every(({ status }) => status < 500));
    const looks = await Promise.all([owner, member].map((each) => each.ask('GET', `/rooms/${room.id}/members`)));
    const seen = looks.find(({ status }) => status === 200);
    const { members } = (seen?.body ?? { members: [] }) as { members: { role: string }[] };
    // Both may have gone, one after the other: then nobody is left who would need one.
    const areGone = answers.slice(2).every(({ status }) => status === 204);
    assert.ok(
      areGone || members.some(({ role }) => role === 'owner'),
      JSON.stringify(answers.map(({ status }) => status)),
    );
  }
});
