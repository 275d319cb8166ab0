import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNonce, openLine } from '@rill/harness';
import { readClosing } from '@rill/protocol/close-codes';
import { headOf, startNodes } from './live-nodes.ts';

test('a node that stops finishes what it was asked and sends its sockets away, spread over ten seconds', async () => {
  const nodes = await startNodes();
  try {
    await nodes.one.owner();
    const ann = await nodes.one.person();
    const room = await ann.makeRoom({ name: 'here' });
    const here = ann.at(nodes.two.url);
    const lines = await Promise.all(Array.from({ length: 15 }, () => here.live()));
    const sending = lines.map((line, at) =>
      line.ask({ type: 'send', room: room.id, nonce: newNonce(), text: `in flight ${at}` }),
    );
    // They have arrived when the first is answered: one Redis, one order.
    await sending[0];
    const stopping = nodes.two.stop();
    const answers = await Promise.all(sending);
    assert.deepEqual(new Set(answers.map(({ type }) => type)), new Set(['ack']));
    const waits = await Promise.all(
      lines.map(async (line) => {
        const { code, reason } = await line.closed;
        assert.equal(code, 1012);
        const { reconnect, waitMs } = readClosing(code, reason);
        assert.ok(reconnect);
        assert.ok(waitMs >= 0 && waitMs <= 10_000);
        return waitMs;
      }),
    );
    assert.ok(new Set(waits).size > 10, 'each waits for another time');
    await assert.rejects(openLine(nodes.two.url));
    await stopping;
    const { rev } = await headOf(ann, room.id);
    assert.equal(rev, room.rev + 15);
  } finally {
    await nodes.one.stop();
    await nodes.redis.stop();
  }
});
