import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Transport } from '@rill/client';
import type { FakePerson } from '@rill/client/testing';
import { Feed } from '../src/room/feed.ts';
import { type Browser, browserOn, PASSWORD } from './browser.ts';
import { said, type Stage, stage } from './people.ts';

let at: Stage;
let browser: Browser;
let ann: FakePerson;
let bob: FakePerson;
beforeEach(() => {
  at = stage();
  browser = browserOn(at);
  ann = at.server.person('ann', PASSWORD);
  bob = at.server.person('bob', PASSWORD);
});
afterEach(async () => {
  await browser.end();
  await at.end();
});

test('P4 however much comes while a gap is fetched, the last of it is not forgotten', async () => {
  const clock = at.clock;
  const applied: number[] = [];
  let answer: (rev: number) => void = () => {};
  const feed = new Feed({
    clock,
    random: () => 0.5,
    events: ({ after }) =>
      new Promise((resolve) => {
        answer = (rev) =>
          resolve({
            rev,
            epoch: 'e' as never,
            events: Array.from({ length: rev - after }, (_, i) => ({
              rev: after + 1 + i,
              at: '',
              event: { kind: 'unseen' } as never,
            })),
          });
      }),
    apply: (rev) => applied.push(rev),
    reload: async () => ({ rev: 0, epoch: 'e' as never }),
    settled: () => {},
    gone: () => {},
  });
  feed.begin({ rev: 0, epoch: 'e' as never });
  for (let rev = 2; rev <= 700; rev += 1)
    feed.receive({ type: 'event', room: 'r' as never, rev, epoch: 'e' as never, event: { kind: 'unseen' } as never });
  await clock.advance(1);
  answer(690); // read by the server a moment before it told of 691 … 700
  await clock.advance(60_000);
  answer(700);
  await clock.advance(60_000);
  assert.equal(applied.at(-1), 700);
});

test('P6 a page that was asked for before the line was cut shows nothing that was recalled meanwhile', async () => {
  const hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
  const sent = at.server.change(hall, () => hall.send(bob.me.id, 'n1' as never, 'to be recalled'));
  let release: (() => void) | undefined;
  let hold = true;
  const transport: Transport = {
    open: (listener) => browser.transport.open(listener),
    exchange: async (request) => {
      const answer = await browser.transport.exchange(request);
      if (hold && request.path.includes('/messages')) await new Promise<void>((resolve) => (release = resolve));
      return answer;
    },
  };
  const client = await browser.open({ transport });
  await browser.signIn(client, 'ann');
  const room = client.room(hall.id);
  const close = room.open();
  await at.clock.advance(20);
  close(); // looked at another room
  hold = false;
  at.server.isDown = true;
  at.server.cut();
  await at.clock.advance(10);
  at.server.change(hall, () => hall.recall(bob.me.id, sent.message.seq));
  at.server.isDown = false;
  await at.clock.advance(5_000);
  assert.equal(client.connection.snapshot().name, 'live');
  release?.();
  await at.clock.advance(1_000);
  room.open();
  await at.clock.advance(60_000);
  assert.deepEqual(said(room), ['(recalled)']);
});
