import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createClient } from '@rill/client';
import type { FakePerson, FakeRoom } from '@rill/client/testing';
import type { Nonce } from '@rill/protocol';
import { said, type Stage, stage } from './people.ts';

let at: Stage;
let ann: FakePerson;
let bob: FakePerson;
let hall: FakeRoom;

beforeEach(() => {
  at = stage();
  ann = at.server.person('ann');
  bob = at.server.person('bob');
  hall = at.server.room({ kind: 'open', name: 'Hall' }, ann, bob);
});
afterEach(() => at.end());

function say(text: string): number {
  at.server.change(hall, () => hall.send(ann.me.id, text as Nonce, text));
  return hall.log.length;
}

test('P3 P4 a log that went back is loaded anew: what was lost is gone, what took its number is there', async () => {
  const client = await at.enter(bob);
  const room = client.room(hall.id);
  room.open();
  say('kept');
  say('lost');
  await at.clock.advance(50);
  assert.deepEqual(said(room), ['kept', 'lost']);
  // A failover: the last write is not on the new master, and nobody told this line.
  hall.log.pop();
  hall.feed.pop();
  at.server.newEpoch(hall, false);
  say('after');
  await at.clock.advance(5_000);
  assert.deepEqual(said(room), ['kept', 'after']);
  assert.equal(client.rooms.get(hall.id)?.epoch, hall.epoch);
  assert.equal(client.rooms.get(hall.id)?.unread, hall.unread(bob.me.id));
});

test('P10 a message that is hidden twice, because the answer was lost, is counted once', async () => {
  const client = await at.enter(bob);
  const room = client.room(hall.id);
  room.open();
  for (const text of ['one', 'two', 'three']) say(text);
  await at.clock.advance(50);
  let lost = 1;
  at.server.mischief = {
    asked: () => {
      lost -= 1;
      return lost === 0 ? 'after' : 'pass';
    },
  };
  const hiding = room.hide(hall.log.length - 1);
  await at.clock.advance(10_000);
  await hiding;
  assert.equal(hall.unread(bob.me.id), 2);
  assert.equal(client.rooms.get(hall.id)?.unread, 2);
});

test('P10 an answer that is older than what is known is asked for again', async () => {
  const transport = at.server.transport();
  let slow = 0;
  const client = createClient({
    url: 'http://fake',
    token: bob.token,
    clock: at.clock,
    transport: {
      ...transport,
      async exchange(request) {
        const answer = await transport.exchange(request);
        const isRoom = request.path === `/rooms/${hall.id}`;
        if (isRoom) slow += 1;
        if (isRoom) await new Promise<void>((resolve) => at.clock.after(slow === 1 ? 2_000 : 1, resolve));
        return answer;
      },
    },
  });
  for (let index = 0; index < 10; index += 1) say(`${index}`);
  const started = client.start();
  await at.clock.advance(50);
  await started;
  assert.equal(client.rooms.get(hall.id)?.unread, 10);
  // Below what the server has counted: only it can say how many are left.
  client.room(hall.id).markRead(hall.log.length - 4);
  await at.clock.advance(600);
  say('while the answer is on its way');
  await at.clock.advance(20_000);
  assert.ok(slow >= 2);
  assert.equal(client.rooms.get(hall.id)?.unread, hall.unread(bob.me.id));
  assert.equal(client.rooms.get(hall.id)?.seq, hall.log.length);
  await client.close();
});
