import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rawBytes } from './bad-input.ts';
import { type Scene, setScene } from './people.ts';
import { exchange } from './raw.ts';

let scene: Scene;
before(async () => {
  scene = await setScene();
});
after(() => scene.stop());

const timedOut = (status: number, body: string) => {
  assert.equal(status, 408);
  assert.equal((JSON.parse(body) as { code: string }).code, 'request_timeout');
};

// Each waits for a time-out of the server; they wait together.
describe('who is slow on purpose', { concurrency: true }, () => {
  test('P8 B10 headers a byte at a time are given up', async () => {
    const { status, body } = await exchange(scene.server.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\nx: ', {
      every: 1_000,
      piece: 'a',
    });
    timedOut(status, body);
  });

  test('P8 B10 a request line that does not end is given up', async () => {
    const { status, body } = await exchange(scene.server.port, 'GET /hea');
    timedOut(status, body);
  });

  test('P8 B11 a body a byte at a time is given up', async () => {
    const headers = [
      'Host: a',
      `Authorization: Bearer ${scene.member.token}`,
      'Content-Type: application/json',
      'Content-Length: 10000',
    ];
    const { status } = await exchange(scene.server.port, rawBytes('POST /api/v1/rooms', headers, '{'), {
      every: 5_000,
      piece: ' ',
    });
    // Node may close the connection of a request that was being read without another word.
    assert.ok(status === 408 || status === 0, `${status}`);
    assert.equal((await fetch(`${scene.server.url}/healthz`)).status, 200);
  });
});
