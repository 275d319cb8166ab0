import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { as, asMember, type Bad, refuseAll, saying, sending } from './bad-input.ts';
import { type Scene, setScene } from './people.ts';

const emoji = (count: number) => '😀'.repeat(count);
const family = '👨‍👩‍👧‍👦';
const naming = (name: string) => asMember('POST', '/rooms', JSON.stringify({ kind: 'closed', name }));
const calling = (displayName: string) => asMember('PATCH', '/me', JSON.stringify({ displayName }));
const registering = (username: string, password = 'correct horse battery staple') =>
  as('outsider', 'POST', '/register', JSON.stringify({ username, password }));

const BLANK = [
  ' ',
  '\t\n\r',
  '\u200b',
  '\u200d\u2060\ufeff',
  '\u0301',
  '\u3000\u00a0',
  '\u2028',
  '\u{e0041}',
  '\u00ad',
];
const HIDDEN_IN_NAMES = ['\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad', '\u{e0041}', '\r\n', '\u2028'];

const refused: Bad[] = [
  { name: 'B37 12,001 characters', send: saying('a'.repeat(12_001)), status: 413, code: 'text_too_long' },
  { name: 'B37 12,001 emoji', send: saying(emoji(12_001)), status: 413, code: 'text_too_long' },
  { name: 'B37 12,000 emoji families', send: saying(family.repeat(12_000)), status: 413 },
  ...BLANK.map(
    (text): Bad => ({ name: `B38 ${JSON.stringify(text)} alone`, send: saying(text), status: 400, code: 'empty_text' }),
  ),
  { name: 'B38 nothing at all', send: saying(''), status: 400, code: 'empty_text' },
  { name: 'B39 10,000 marks on a letter', send: saying(`a${'\u0301'.repeat(10_000)}`), status: 400 },
  ...HIDDEN_IN_NAMES.map(
    (hidden): Bad => ({
      name: `B40 ${JSON.stringify(hidden)} in the name of a room`,
      send: naming(`ad${hidden}min`),
      status: 400,
    }),
  ),
  ...HIDDEN_IN_NAMES.map(
    (hidden): Bad => ({
      name: `B40 ${JSON.stringify(hidden)} in a display name`,
      send: calling(`ad${hidden}min`),
      status: 400,
      code: 'display_name_invalid',
    }),
  ),
  ...[
    'adm\u200bin',
    '\u202enimda',
    'a',
    'a'.repeat(33),
    '',
    ' ',
    'a b',
    '-a',
    'a/b',
    'a\u0301'.repeat(3) + '\u0301'.repeat(4),
    '*',
    '{x}',
    '../x',
    'me',
    'all',
    'pаypal',
    '💥💥',
    '1'.repeat(257),
  ].map(
    (name): Bad => ({
      name: `B40 the username ${JSON.stringify(name.slice(0, 40))}`,
      send: registering(name),
      status: 400,
    }),
  ),
  { name: 'B40 a username that looks like another’s', send: registering('оwnеr'), status: [400, 409] },
  { name: 'B40 a username taken in other letters', send: registering('OWNER'), status: 409, code: 'name_taken' },
  {
    name: 'B99 a password of 9 characters',
    send: registering('newcomer', 'a1b2c3d4e'),
    status: 400,
    code: 'password_too_short',
  },
  {
    name: 'B99 a password of 1,025 bytes',
    send: registering('newcomer', 'ab'.repeat(513)),
    status: 400,
    code: 'password_too_long',
  },
  { name: 'B99 a password of 1 MiB', send: registering('newcomer', 'ab'.repeat(524_288)), status: 413 },
  {
    name: 'B99 a common password',
    send: registering('newcomer', 'password123'),
    status: 400,
    code: 'password_too_common',
  },
  { name: 'B99 the username for a password', send: registering('newcomer-one', 'newcomer-one'), status: 400 },
  {
    name: 'B46 a room with 101 people',
    send: asMember(
      'POST',
      '/rooms',
      JSON.stringify({ kind: 'closed', name: 'x', members: Array(101).fill('aaaaaaaaaa') }),
    ),
    status: 400,
  },
  {
    name: 'B46 a room with people who do not exist',
    send: asMember('POST', '/rooms', JSON.stringify({ kind: 'closed', name: 'x', members: ['aaaaaaaaaa'] })),
    status: 404,
    code: 'not_found',
  },
  { name: 'a room without a name', send: asMember('POST', '/rooms', '{"kind":"closed"}'), status: 400 },
  { name: 'a room with a name of 81 characters', send: naming('你'.repeat(81)), status: 400 },
  {
    name: 'a topic of 1,025 characters',
    send: as('owner', 'PATCH', ({ room }) => `/rooms/${room.id}`, JSON.stringify({ topic: 'x'.repeat(1_025) })),
    status: 400,
  },
  {
    name: 'a reason of 257 characters',
    send: as(
      'owner',
      'POST',
      ({ room, message }) => `/rooms/${room.id}/messages/${message.seq}/remove`,
      JSON.stringify({ reason: 'x'.repeat(257) }),
    ),
    status: 400,
  },
  {
    name: 'a nonce of 65 characters',
    send: sending(JSON.stringify({ nonce: 'n'.repeat(65), text: 'a' })),
    status: 400,
  },
  { name: 'a nonce with a line break', send: sending('{"nonce":"a\\r\\nDEL k","text":"a"}'), status: 400 },
  { name: 'a nonce of nothing', send: sending('{"nonce":"","text":"a"}'), status: 400 },
  { name: 'a nonce in Chinese', send: sending('{"nonce":"你","text":"a"}'), status: 400 },
];
refuseAll(refused, 60);

/** Texts that are nobody's business but their reader's: each comes back to the last byte. */
const KEPT: Readonly<Record<string, string>> = {
  'B37 12,000 characters': 'a'.repeat(12_000),
  'B37 12,000 emoji': emoji(12_000),
  'B37 emoji families': family.repeat(1_000),
  'B39 8 marks on a letter': `a${'\u0301'.repeat(8)}`,
  'B40 bidi and zero-width characters in a text': 'a\u202eb\u2066c\u2069\u200bd\u00ade\ufefff',
  'B41 noncharacters, private use, unassigned': '\ufffe\uffff\ue000\u{10fffd}\u{e01f0}\u0378x',
  'B43 line separators and ends of scripts': '\u2028\u2029</script><!-- ]]> --><img src=x onerror=alert(1)>',
  'B44 half-open Markdown': `${'['.repeat(5_000)}${'*_'.repeat(3_000)}\n\`\`\``,
  'B45 links of every kind':
    'javascript:alert(1) JaVa\tScript: data:text/html,x //evil http://[::1] http://xn--80ak6aa92e.com',
  'B47 formats and templates': '/me %n%s{} {{7*7}} ${7*7} #{x} <%= x %> `id`',
  'B48 beginnings of formulas': '=1+1 +1 -1 @x',
  'line ends of every kind': 'a\r\nb\rc\nd\u0085e\u000bf',
  'forms that are not normalised': 'é e\u0301 ﬁ Å Å',
  'protocol words of Redis': '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n',
};

let scene: Scene;
before(async () => {
  scene = await setScene();
});
after(() => scene.stop());

for (const [name, text] of Object.entries(KEPT)) {
  test(`P8 ${name}: kept to the last byte`, async () => {
    const { seq } = await scene.member.say(scene.room.id, text);
    const read = await scene.owner.get<{ text: string }>(`/rooms/${scene.room.id}/messages/${seq}`);
    assert.equal(read.text, text);
    const { messages } = await scene.owner.page(scene.room.id, '?limit=1');
    assert.ok(messages[0] && 'text' in messages[0] && messages[0].text === text);
  });
}
