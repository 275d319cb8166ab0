import { as, asMember, type Bad, refuseAll, sending } from './bad-input.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const inText = (...middle: number[]) => bytes('{"nonce":"n","text":"', middle, '"}');
const fields = (more: string) => `{"nonce":"n","text":"a"${more}}`;

const malformed = (name: string, body: string | Uint8Array, code: Bad['code'] = 'malformed_json'): Bad => ({
  name,
  send: sending(body),
  status: 400,
  ...(code === undefined ? {} : { code }),
});
const wrong = (name: string, body: string) => malformed(name, body, 'bad_request');

const rows: Bad[] = [
  malformed('B24 an empty body', '', 'bad_request'),
  ...['null', '[]', '"x"', '1', 'true'].map((body) => wrong(`B24 ${body}`, body)),
  malformed('B24 a byte order mark', bytes([0xef, 0xbb, 0xbf], fields(''))),
  malformed('B25 a trailing comma', '{"nonce":"n","text":"a",}'),
  malformed('B25 a comment', '{"nonce":"n",/* */"text":"a"}'),
  malformed('B25 two documents', `${fields('')}${fields('')}`),
  malformed('B25 single quotes', "{'nonce':'n','text':'a'}"),
  malformed('B26 33 deep', `{"nonce":"n","text":${'['.repeat(33)}${']'.repeat(33)}}`, 'too_deep'),
  malformed('B26 5,000 deep', '['.repeat(5_000), 'too_deep'),
  { name: 'B26 500,000 deep', send: sending('['.repeat(500_000)), status: 413, code: 'body_too_large' },
  { name: 'B27 1 MiB of brackets', send: sending('['.repeat(1_048_576)), status: 413, code: 'body_too_large' },
  wrong('B27 18,000 keys', `{${Array.from({ length: 18_000 }, (_, at) => `"${at.toString(36)}":1`).join()}}`),
  { name: 'B27 a key of 1 MiB', send: sending(`{"${'k'.repeat(1_048_576)}":1}`), status: 413 },
  malformed('B28 a field twice', fields(',"text":"b"'), 'duplicate_key'),
  malformed('B28 a field twice, once escaped', fields(',"te\\u0078t":"b"'), 'duplicate_key'),
  wrong('B29 __proto__', fields(',"__proto__":{"admin":true}')),
  wrong('B29 constructor.prototype', fields(',"constructor":{"prototype":{"admin":true}}')),
  wrong('B29 toString', fields(',"toString":"x"')),
  wrong('B29 hasOwnProperty', fields(',"hasOwnProperty":1')),
  ...['NaN', 'Infinity', '-Infinity', '1e999', '-0'].map((number) =>
    malformed(`B30 ${number}`, `{"nonce":"n","text":${number}}`),
  ),
  ...(
    [
      ['9007199254740993', 'malformed_json'],
      ['1e2', 'malformed_json'],
      ['1.0', 'malformed_json'],
      ['1.1', 'bad_request'],
      ['"1"', 'bad_request'],
      ['-1', 'bad_request'],
      ['0', 'bad_request'],
      ['true', 'bad_request'],
      ['null', 'bad_request'],
      ['[1]', 'bad_request'],
      ['{"$gt":""}', 'bad_request'],
    ] as const
  ).map(
    ([value, code]): Bad => ({
      name: `B31 ${value} for a number`,
      send: asMember('PUT', ({ room }) => `/rooms/${room.id}/read`, `{"seq":${value}}`),
      status: 400,
      code,
    }),
  ),
  ...['true', '["a"]', '{"$ne":null}', '1', 'null'].flatMap((value): Bad[] => [
    wrong(`B31 ${value} for a text`, `{"nonce":"n","text":${value}}`),
    {
      name: `B31 ${value} for a password`,
      send: as('outsider', 'POST', '/login', `{"username":"owner","password":${value}}`),
      status: 400,
      code: 'bad_request',
    },
  ]),
  malformed('B32 a stray byte', inText(0x81), 'malformed_unicode'),
  malformed('B32 an overlong slash', inText(0xc0, 0xaf), 'malformed_unicode'),
  malformed('B32 a surrogate in CESU-8', inText(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), 'malformed_unicode'),
  malformed('B32 UTF-16', Buffer.from(fields(''), 'utf16le')),
  malformed('B33 a high surrogate alone', '{"nonce":"n","text":"\\ud800"}', 'malformed_unicode'),
  malformed('B33 surrogates in the wrong order', '{"nonce":"n","text":"\\udc00\\ud800"}', 'malformed_unicode'),
  malformed('B34 U+0000 in a text', '{"nonce":"n","text":"a\\u0000b"}', 'malformed_unicode'),
  malformed('B34 U+0000 in a key', fields(',"a\\u0000":1'), 'malformed_unicode'),
  {
    name: 'B34 U+0000 in a name',
    send: asMember('PATCH', '/me', '{"displayName":"a\\u0000b"}'),
    status: 400,
    code: 'malformed_unicode',
  },
  {
    name: 'B34 U+0000 in a password',
    send: as('outsider', 'POST', '/login', '{"username":"owner","password":"a\\u0000b"}'),
    status: 400,
    code: 'malformed_unicode',
  },
  wrong('B35 an unknown field', fields(',"colour":"red"')),
  ...[
    '"seq":9',
    '"author":"aaaaaaaaaa"',
    '"at":"2009-01-01T00:00:00.000Z"',
    '"createdAt":1',
    '"kind":"system"',
    '"room":"x"',
    '"rev":1',
    '"editedAt":"x"',
    '"imported":{"name":"x"}',
    '"reply":1',
    '"attachments":[]',
  ].map((more) => wrong(`B35 ${more} in a message`, fields(`,${more}`))),
  ...[
    '"role":"owner"',
    '"id":"aaaaaaaaaa"',
    '"status":"active"',
    '"username":"other"',
    '"isAdmin":true',
    '"kind":"bot"',
  ].map(
    (more): Bad => ({
      name: `B35 ${more} in one’s own account`,
      send: asMember('PATCH', '/me', `{"displayName":"A",${more}}`),
      status: 400,
      code: 'bad_request',
    }),
  ),
  {
    name: 'B35 a role at registration',
    send: as('outsider', 'POST', '/register', '{"username":"sly","password":"correct horse battery","role":"owner"}'),
    status: 400,
    code: 'bad_request',
  },
  {
    name: 'B35 a user at joining',
    send: asMember('PUT', ({ room }) => `/rooms/${room.id}/members/me`, '{"role":"owner"}'),
    status: 400,
    code: 'bad_request',
  },
  wrong('B36 a version of the future', fields(',"v":999')),
  {
    name: 'B36 an unknown kind of room',
    send: asMember('POST', '/rooms', '{"kind":"secret","name":"x"}'),
    status: 400,
    code: 'bad_request',
  },
  {
    name: 'B36 an unknown role',
    send: as('owner', 'PATCH', ({ room, member }) => `/rooms/${room.id}/members/${member.id}`, '{"role":"god"}'),
    status: 400,
    code: 'bad_request',
  },
  {
    name: 'an empty change',
    send: as('owner', 'PATCH', ({ room }) => `/rooms/${room.id}`, '{}'),
    status: 400,
    code: 'bad_request',
  },
];

refuseAll(rows, 80);
