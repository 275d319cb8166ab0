import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '@rill/client/testing';
import type { Line, LineListener } from '@rill/client';
import { eventParser } from '../src/transport/event-parser.ts';
import { type Way, Ways } from '../src/transport/ways.ts';

const DAY_MS = 86_400_000;

test('events are read from pieces cut anywhere, with every kind of line end', () => {
  const whole =
    'event: open\r\ndata: {"stream":"a"}\r\n\r\n:\n\ndata: 水\ndata:b\nid: 7\n\nevent: none\n\ndata\r\rdata: c\n\n';
  const read = (pieces: readonly string[]) => {
    const seen: string[] = [];
    const parse = eventParser({
      event: ({ name, data }) => seen.push(`${name} ${data}`),
      comment: () => seen.push('comment'),
    });
    for (const piece of pieces) parse(piece);
    return seen;
  };
  const wanted = ['open {"stream":"a"}', 'comment', 'message 水\nb', 'message ', 'message c'];
  assert.deepEqual(read([whole]), wanted);
  assert.deepEqual(read([...whole]), wanted);
  for (let at = 0; at < whole.length; at += 1) assert.deepEqual(read([whole.slice(0, at), whole.slice(at)]), wanted);
});

/** Ways over lines that a test ends by hand. */
function stand(avoidUntil?: number) {
  const clock = manualClock();
  const opened: { way: Way; listener: LineListener }[] = [];
  const kept: (number | undefined)[] = [];
  const state = { answers: true };
  const ways = new Ways({
    clock,
    open: (way, listener): Line => {
      opened.push({ way, listener });
      return { send() {}, close() {} };
    },
    answers: async () => state.answers,
    keep: (until) => kept.push(until),
  });
  ways.restore(avoidUntil);
  const deaf: LineListener = { opened() {}, received() {}, closed() {} };
  const take = () => {
    const line = ways.open(deaf);
    const last = opened.at(-1);
    assert.ok(last);
    return { line, ...last };
  };
  /** A line that ends before a word was heard. */
  const fail = async (code = 1006) => {
    const { way, listener } = take();
    listener.closed(code, '');
    await Promise.resolve();
    await Promise.resolve();
    return way;
  };
  return { clock, kept, state, take, fail };
}

test('two lines on which nothing was heard, while requests are answered, lead to the other way, for a day', async () => {
  const { clock, kept, take, fail } = stand();
  assert.equal(await fail(), 'webSocket');
  assert.equal(await fail(), 'webSocket');
  assert.deepEqual(kept, [], 'nothing is known yet of the other way');
  const { way, listener } = take();
  assert.equal(way, 'eventStream');
  listener.received('{}');
  assert.deepEqual(kept, [clock.now() + DAY_MS]);
  listener.closed(1012, '');
  await clock.advance(DAY_MS - 1);
  assert.equal(take().way, 'eventStream');
  await clock.advance(1);
  assert.equal(take().way, 'webSocket');
  assert.equal(kept.at(-1), undefined);
});

test('where requests are not answered either, the way is not to blame', async () => {
  const { state, fail } = stand();
  state.answers = false;
  for (let at = 0; at < 5; at += 1) assert.equal(await fail(), 'webSocket');
});

test('a server that says goodbye is heard, and a good line in between begins the count anew', async () => {
  const { take, fail } = stand();
  for (let at = 0; at < 5; at += 1) assert.equal(await fail(1013), 'webSocket');
  for (let at = 0; at < 5; at += 1) {
    assert.equal(await fail(), 'webSocket');
    const { way, listener } = take();
    assert.equal(way, 'webSocket');
    listener.received('{}');
  }
});

test('lines that are cut right after their first words lead to the other way at the third', async () => {
  const { take, clock } = stand();
  const cut = async (ms: number) => {
    const { way, listener } = take();
    listener.received('{}');
    await clock.advance(ms);
    listener.closed(1006, '');
    await clock.advance(0);
    return way;
  };
  for (const ms of [100, 100, 20_000, 100, 100, 100]) assert.equal(await cut(ms), 'webSocket');
  assert.equal(await cut(100), 'eventStream');
});

test('a line that stays silent until its user gives up counts as one that failed', async () => {
  const { take, clock } = stand();
  for (let at = 0; at < 2; at += 1) {
    const { way, line } = take();
    assert.equal(way, 'webSocket');
    await clock.advance(20_000);
    line.close();
    await clock.advance(0);
  }
  assert.equal(take().way, 'eventStream');
});

test('a line that its user ends early says nothing of its way', async () => {
  const { take, clock } = stand();
  for (let at = 0; at < 5; at += 1) {
    const { way, line } = take();
    assert.equal(way, 'webSocket');
    line.close();
    await clock.advance(0);
  }
});

test('what a device remembers holds; where event streams fare no better, WebSockets are tried again', async () => {
  const { fail, kept, clock } = stand(manualClock().now() + DAY_MS / 2);
  assert.equal(await fail(), 'eventStream');
  assert.equal(await fail(), 'eventStream');
  assert.equal(await fail(), 'webSocket');
  assert.equal(kept.at(-1), undefined);
  const late = stand(clock.now() - 1);
  assert.equal(late.take().way, 'webSocket');
  const setBack = stand(clock.now() + 2 * DAY_MS);
  assert.equal(setBack.take().way, 'webSocket');
});
