import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Epoch, Room, RoomId, SessionId, UserId } from '@rill/protocol';
import { Hub } from '../src/live/hub.ts';
import { parcelOf } from '../src/live/parcel.ts';
import { Signed } from '../src/live/signed.ts';
import { toldOf } from '../src/live/told.ts';
import { Turn } from '../src/live/turn.ts';
import { Writer } from '../src/live/writer.ts';

const ROOM = '00aaaaaaaaaaaaaaaa' as RoomId;
const EPOCH = 'epoch000' as Epoch;
const USER = 'user000000' as UserId;

test('P3 P4 who is added to a room they are in is told of it after what came before, and of nothing twice', async () => {
  const ending = new Turn(() => true);
  const hub = new Hub(ROOM, { clock: { now: () => 0 }, turn: ending, mend: () => {}, catchUp: () => {} });
  let written = '';
  const sink = {
    write(chunk: Uint8Array) {
      written += chunk.toString();
      return true;
    },
    cork() {},
    uncork() {},
    once() {},
    writableNeedDrain: false,
    destroyed: false,
  };
  const who = { user: USER, session: 'a' as SessionId, role: 'member' as const };
  const ground = {
    writer: new Writer(sink, 'eventStream', ending),
    isClosed: () => false,
    close: () => {},
    onGone: () => {},
  };
  const signed = new Signed('', { who, expiresAt: 0 }, ground);
  const tell = (rev: number) => {
    const event = { kind: 'member.changed', actor: USER, at: '', user: USER, role: 'member' } as const;
    hub.receive({ room: ROOM, rev, epoch: EPOCH, event });
  };
  hub.enter(signed, { rev: 0, epoch: EPOCH }, 0, 1);
  signed.welcomed(0, parcelOf({ type: 'ack', ref: 'hello' }));
  tell(1);
  tell(2);
  const room = { id: ROOM, rev: 2, epoch: EPOCH, fromSeq: 1 } as Room;
  signed.tell(toldOf(1, { kind: 'room.added', room }, { added: { hub, room } }));
  tell(3);
  await turn();
  await turn();
  const frames = [...written.matchAll(/^data: (.+)$/gm)].map(([, json = '']) => JSON.parse(json));
  assert.deepEqual(
    frames.map(({ type, rev }) => (type === 'event' ? rev : type)),
    ['ack', 1, 2, 'personal', 3],
  );
});
