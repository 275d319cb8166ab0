import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Redis } from 'ioredis';
import type { ErrorCode } from '@rill/protocol';
import { type Scene, setScene } from './people.ts';
import { exchange, type RawAnswer } from './raw.ts';
import { stored } from './stored.ts';

/** One bad request and what is right to answer it with. */
export interface Bad {
  /** Its number in the list of bad input, and what is bad. */
  readonly name: string;
  readonly send: (scene: Scene) => Promise<RawAnswer>;
  readonly status: number | readonly number[];
  readonly code?: ErrorCode;
  /** It is taken after all, and may write. */
  readonly taken?: true;
}

/**
 * Sends every bad request to a real server: the right answer, as a problem of the catalogue; never a 5xx; the server
 * still answers; nothing was written.
 */
export function refuseAll(rows: readonly Bad[], least: number): void {
  let scene: Scene;
  let stores: readonly Redis[];
  let written: Record<string, string>;
  before(async () => {
    scene = await setScene();
    stores = scene.server.stores();
    written = await stored(stores);
  });
  after(() => scene.stop());

  test('the table was read', () => assert.ok(rows.length >= least, `${rows.length} rows`));
  for (const { name, send, status, code, taken } of rows) {
    test(`P8 ${name}`, async () => {
      const answer = await send(scene);
      const right = [status].flat();
      assert.ok(
        right.includes(answer.status),
        `${answer.status} is not ${right.join(' or ')}: ${answer.body.slice(0, 300)}`,
      );
      if (answer.status >= 400 && answer.body !== '') {
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
        const problem = JSON.parse(answer.body) as { status: number; code: string };
        assert.equal(problem.status, answer.status);
        if (code !== undefined) assert.equal(problem.code, code, answer.body);
      }
      assert.equal((await fetch(`${scene.server.url}/healthz`)).status, 200, 'the server still answers');
      const now = await stored(stores);
      if (taken === undefined) assert.deepEqual(now, written, 'nothing was written');
      written = now;
    });
  }
}

/** A request as it goes over the wire, for what no client would send. */
export function raw(
  line: string,
  headers: readonly string[] = [],
  body: string | Uint8Array = '',
): (scene: Scene) => Promise<RawAnswer> {
  return ({ server }) => exchange(server.port, rawBytes(line, ['Host: 127.0.0.1', ...headers], body));
}

/** The same without a Host header of its own. */
export function rawBytes(line: string, headers: readonly string[], body: string | Uint8Array = ''): Buffer {
  const head = [`${line} HTTP/1.1`, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

/** Where an asker's request goes, once there are a room and people. */
type Path = string | ((scene: Scene) => string);

/** A request of a member, with any bytes for a body. */
export function asMember(
  method: string,
  path: Path,
  body?: string | Uint8Array,
  type = 'application/json',
): (scene: Scene) => Promise<RawAnswer> {
  return as('member', method, path, body, type);
}

export function as(
  who: 'owner' | 'member' | 'outsider' | 'removed',
  method: string,
  path: Path,
  body?: string | Uint8Array,
  type = 'application/json',
): (scene: Scene) => Promise<RawAnswer> {
  return (scene) => {
    const to = typeof path === 'string' ? path : path(scene);
    const headers = ['Host: 127.0.0.1', `Authorization: Bearer ${scene[who].token}`];
    if (body !== undefined) headers.push(`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`);
    return exchange(scene.server.port, rawBytes(`${method} /api/v1${to}`, headers, body));
  };
}

/** A member sends this as a message to the room. */
export const sending = (body: string | Uint8Array, type?: string) =>
  asMember('POST', ({ room }) => `/rooms/${room.id}/messages`, body, type);

/** A member sends this text. */
export const saying = (text: string) => sending(JSON.stringify({ nonce: `n${Math.random()}`, text }));
