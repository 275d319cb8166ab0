import { asMember, type Bad, raw, rawBytes, refuseAll } from './bad-input.ts';
import { exchange } from './raw.ts';

const HEALTH = 'GET /healthz';
const SEND = 'POST /api/v1/rooms';
const JSON_TYPE = 'Content-Type: application/json';
const bearer = (scene: { member: { token: string } }) => `Authorization: Bearer ${scene.member.token}`;

/** A signed-in request to make a room, with these headers and body. */
const posting =
  (headers: readonly string[], body = ''): Bad['send'] =>
  (scene) =>
    exchange(scene.server.port, rawBytes(SEND, ['Host: 127.0.0.1', bearer(scene), ...headers], body));
const BODY = '{"kind":"nothing"}';
const CHUNKED = '1d\r\n{"kind":"closed","name":"it"}\r\n0\r\n\r\n';
const typed = (type: string) => posting([...(type === '' ? [] : [type]), `Content-Length: ${BODY.length}`], BODY);

const rows: Bad[] = [
  {
    name: 'B1 17 KB of headers',
    send: raw(HEALTH, [`x: ${'a'.repeat(17_000)}`]),
    status: 431,
    code: 'headers_too_large',
  },
  { name: 'B2 3,000 headers', send: raw(HEALTH, Array(3_000).fill('a:b')), status: 431, code: 'headers_too_large' },
  { name: 'B2 200 headers', send: raw(HEALTH, Array(200).fill('a:b')), status: 431, code: 'headers_too_large' },
  { name: 'B3 an address of 64 KB', send: raw(`GET /${'a'.repeat(64_000)}`), status: [414, 431] },
  {
    name: 'B3 a parameter of 101 characters',
    send: asMember('GET', `/rooms/${'a'.repeat(101)}`),
    status: 404,
    code: 'not_found',
  },
  ...['/%', '/%zz', '/%ff', '/api/v1/rooms/%zz', '/docs/static/%ff'].map(
    (path): Bad => ({ name: `B4 ${path}`, send: raw(`GET ${path}`), status: 400, code: 'bad_request' }),
  ),
  { name: 'B4 /%00', send: raw('GET /%00'), status: [400, 404] },
  { name: 'B4 %00 for an id', send: asMember('GET', '/rooms/%00'), status: 400, code: 'bad_request' },
  ...[
    '//',
    '/./',
    '/../',
    '/%2e%2e%2f',
    '/healthz/',
    '/HEALTHZ',
    '/api//v1/rooms',
    '/api/v1/rooms/../rooms',
    '/docs/../healthz',
    '/docs/static/../../healthz',
    '/api/v1/Rooms',
    '/\\',
    '/;a',
  ].map((path): Bad => ({ name: `B5 ${path}`, send: raw(`GET ${path}`), status: 404, code: 'not_found' })),
  {
    name: 'B5 a trailing slash, signed out, tells no more than the canonical path',
    send: raw('GET /api/v1/rooms/'),
    status: [401, 404],
  },
  { name: 'B7 two hosts', send: raw(HEALTH, ['Host: other']), status: 400, code: 'bad_request' },
  {
    name: 'B7 no host',
    send: ({ server }) => exchange(server.port, rawBytes(HEALTH, [])),
    status: 400,
    code: 'bad_request',
  },
  ...['a b', 'a@b', 'a/b', 'a"b', 'a:b', 'a:1:2', '[::1', 'é', 'a:999999'].map(
    (host): Bad => ({
      name: `B7 a Host that is none: ${host}`,
      send: ({ server }) => exchange(server.port, rawBytes(HEALTH, [`Host: ${host}`])),
      status: 400,
      code: 'bad_request',
    }),
  ),
  ...['gzip, chunked', 'identity, chunked', 'chunked, chunked', 'identity'].map(
    (coding): Bad => ({
      name: `B7 a transfer coding that is not ours: ${coding}`,
      send: posting([JSON_TYPE, `Transfer-Encoding: ${coding}`], CHUNKED),
      status: 400,
      code: 'bad_request',
    }),
  ),
  {
    name: 'B7 an absolute address of another host',
    send: raw('GET http://other/healthz'),
    status: 400,
    code: 'bad_request',
  },
  { name: 'B8 PATCH on a path that takes GET', send: raw('PATCH /healthz'), status: 405, code: 'method_not_allowed' },
  {
    name: 'B8 DELETE on a path that takes GET and POST',
    send: asMember('DELETE', '/rooms'),
    status: 405,
    code: 'method_not_allowed',
  },
  { name: 'B8 PUT on a message', send: asMember('PUT', ({ room }) => `/rooms/${room.id}/messages/1`), status: 405 },
  { name: 'B9 TRACE', send: raw('TRACE /healthz'), status: [400, 405] },
  { name: 'B9 CONNECT', send: raw('CONNECT other:443'), status: [400, 405] },
  { name: 'B9 FOO', send: raw('FOO /healthz'), status: [400, 405] },
  { name: 'B9 a method of 1 MB', send: raw(`${'A'.repeat(1_000_000)} /healthz`), status: [400, 405, 431] },
  {
    name: 'B12 a body said to have 10 MB',
    send: posting([JSON_TYPE, 'Content-Length: 10000000'], '{'),
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'B12 a body in chunks of more than it may',
    send: posting([JSON_TYPE, 'Transfer-Encoding: chunked'], `40000\r\n${'a'.repeat(0x40000)}\r\n0\r\n\r\n`),
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'B12 a length and chunks',
    send: posting([JSON_TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    status: 400,
  },
  { name: 'B12 two lengths', send: posting([JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'], '{} '), status: 400 },
  { name: 'B12 a chunk that is none', send: posting([JSON_TYPE, 'Transfer-Encoding: chunked'], 'zz\r\n'), status: 400 },
  {
    name: 'B14 to be continued, and too large',
    send: posting([JSON_TYPE, 'Expect: 100-continue', 'Content-Length: 10000000']),
    status: [413, 417],
  },
  {
    name: 'B14 another expectation',
    send: posting([JSON_TYPE, 'Expect: cake', 'Content-Length: 2'], '{}'),
    status: [400, 417],
  },
  {
    name: 'B16 a compressed body',
    send: posting([JSON_TYPE, 'Content-Encoding: gzip', 'Content-Length: 2'], '{}'),
    status: 415,
    code: 'unsupported_media_type',
  },
  ...[
    '',
    'Content-Type: application/json\tx',
    'Content-Type: application/json garbage',
    'Content-Type: APPLICATION/JSON; charset=utf-16',
    'Content-Type: text/plain',
    'Content-Type: application/json, text/plain',
    'Content-Type: application/json\r\nContent-Type: application/json',
    'Content-Type: application/json; charset=utf-8; x=y',
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type:',
  ].map(
    (type): Bad => ({
      name: `B17 a body with ${JSON.stringify(type)}`,
      send: typed(type),
      status: 415,
      code: 'unsupported_media_type',
    }),
  ),
  ...[
    'Content-Type: application/json',
    'Content-Type: application/json; charset=UTF-8',
    'Content-Type:  APPLICATION/JSON;charset=utf-8',
  ].map(
    (type): Bad => ({
      name: `B17 ${type} is read, and its body found wanting`,
      send: typed(type),
      status: 400,
      code: 'bad_request',
    }),
  ),
  { name: 'B19 a condition with a line break in it', send: raw(HEALTH, ['If-Match: a\rb']), status: 400 },
  {
    name: 'B19 a condition of 10 KB, which nothing here reads',
    send: raw(HEALTH, [`If-Match: ${'a'.repeat(10_000)}`]),
    status: 200,
  },
  {
    name: 'B20 a cookie of 8 KB',
    send: raw('GET /api/v1/me', [`Cookie: rill=${'a'.repeat(8_000)}`]),
    status: [400, 401],
  },
  {
    name: 'B20 fifty cookies of one name',
    send: raw('GET /api/v1/me', [`Cookie: ${Array(50).fill('rill=a.b').join('; ')}`]),
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'B20 a cookie for https over http',
    send: raw('GET /api/v1/me', ['Cookie: __Host-rill=a.b; __Host-rill=c.d']),
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'B20 cookies that decode to nothing',
    send: raw('GET /api/v1/me', ['Cookie: rill=%zz; =; ;;; __proto__=x']),
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'B21 a token of spaces',
    send: raw('GET /api/v1/me', ['Authorization: Bearer      ']),
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'B21 two authorizations',
    send: raw('GET /api/v1/me', ['Authorization: Bearer a.b', 'Authorization: Bearer c.d']),
    status: [400, 401],
  },
  {
    name: 'B21 an authorization of 12 KB',
    send: raw('GET /api/v1/me', [`Authorization: Bearer ${'a'.repeat(12_000)}`]),
    status: 401,
  },
  { name: 'B21 another scheme', send: raw('GET /api/v1/me', ['Authorization: Basic YTpi']), status: 401 },
  {
    name: 'B21 a token with a pattern for Redis',
    send: raw('GET /api/v1/me', ['Authorization: Bearer {x}*.?[a-z]']),
    status: 401,
  },
  { name: 'B105 a User-Agent of 10 KB', send: raw(HEALTH, [`User-Agent: Mozilla/${'('.repeat(10_000)}`]), status: 200 },
  { name: 'B105 no User-Agent at all, and an empty one', send: raw(HEALTH, ['User-Agent:']), status: 200 },
  {
    name: 'no HTTP at all',
    send: ({ server }) => exchange(server.port, '\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n'),
    status: 400,
  },
  {
    name: 'another version of HTTP',
    send: ({ server }) => exchange(server.port, 'GET / HTTP/3.0\r\nHost: a\r\n\r\n'),
    status: 400,
  },
  {
    name: 'an upgrade to something else',
    send: raw('GET /api/v1/me', ['Connection: upgrade', 'Upgrade: h2c']),
    status: [400, 401, 404, 426],
  },
  {
    name: 'B62 an upgrade of a path that is no socket',
    send: raw('GET /api/v1/me', [
      'Connection: upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]),
    status: [400, 401, 404, 426],
  },
];

refuseAll(rows, 60);
