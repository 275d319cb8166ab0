import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Epoch, RoomId, SessionId, UserId } from '@rill/protocol';
import { Hub } from '../src/live/hub.ts';
import type { Seated } from '../src/live/seat.ts';
import { Turn } from '../src/live/turn.ts';
import { Writer } from '../src/live/writer.ts';

const ROOM = '00aaaaaaaaaaaaaaaa' as RoomId;
const EPOCH = 'epoch000' as Epoch;
const USER = 'user000000' as UserId;

/** A hub with so many connections; `writes` are the revs of each write to the first of them. */
function room(connections: number) {
  const ending = new Turn(() => true);
  const hub = new Hub(ROOM, { clock: { now: () => 0 }, turn: ending, mend: () => {}, catchUp: () => {} });
  const writes: number[][] = [];
  const written = new EventTarget();
  for (let at = 0; at < connections; at += 1) {
    const sink = {
      write(chunk: Uint8Array) {
        if (at > 0) return true;
        writes.push([...chunk.toString().matchAll(/"rev":(\d+)/g)].map(([, rev]) => Number(rev)));
        return written.dispatchEvent(new Event('write'));
      },
      cork() {},
      uncork() {},
      once() {},
      writableNeedDrain: false,
      destroyed: false,
    };
    const connection: Seated = {
      user: USER,
      who: { user: USER, session: 'a' as SessionId, role: 'member' },
      writer: new Writer(sink, 'eventStream', ending),
      hubs: [],
      behind: undefined,
      closed: false,
    };
    hub.enter(connection, { rev: 0, epoch: EPOCH }, 0, 1);
  }
  let rev = 0;
  return {
    writes,
    tell() {
      rev += 1;
      const event = { kind: 'member.changed', actor: USER, at: '', user: USER, role: 'member' } as const;
      hub.receive({ room: ROOM, rev, epoch: EPOCH, event });
    },
    /** When so many writes have come. */
    async wrote(count: number) {
      while (writes.length < count) await new Promise((resolve) => written.addEventListener('write', resolve));
    },
  };
}

test('P9 a large room that has just written to everybody gathers what comes before it writes again', async () => {
  const { writes, tell, wrote } = room(5_000);
  tell();
  await turn();
  await turn();
  tell();
  await turn();
  await turn();
  tell();
  await wrote(2);
  assert.deepEqual(writes, [[1], [2, 3]]);
});

test('a small room writes at the end of each turn', async () => {
  const { writes, tell } = room(20);
  for (let times = 0; times < 3; times += 1) {
    tell();
    await turn();
    await turn();
  }
  assert.deepEqual(writes, [[1], [2], [3]]);
});
