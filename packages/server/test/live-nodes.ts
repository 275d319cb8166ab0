import assert from 'node:assert/strict';
import type { Epoch, EventFrame, RoomId } from '@rill/protocol';
import { type Line, type Person, startRedis, startServer, type TestRedis, type TestServer } from '@rill/harness';

/** Two nodes of one server over one Redis, in this process. */
export interface Nodes {
  readonly redis: TestRedis;
  readonly one: TestServer;
  readonly two: TestServer;
  stop(): Promise<void>;
}

const FREE = {
  SECRET: 'two-nodes-know-the-same-secret-of-32-bytes',
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
};

/** `env` for both, `second` for the second node alone: its own way to Redis, say. */
export async function startNodes(
  env: Record<string, string> = {},
  second: Record<string, string> = {},
): Promise<Nodes> {
  const redis = await startRedis();
  const both = { ...FREE, REDIS_URL: redis.url, ...env };
  const one = await startServer({ env: both });
  const two = await startServer({ env: { ...both, ...second } });
  return {
    redis,
    one,
    two,
    async stop() {
      await Promise.all([one.stop(), two.stop()]);
      await redis.stop();
    },
  };
}

/** The events of one room that a line has seen so far. */
export function eventsOf(line: Line, room: RoomId): EventFrame[] {
  return line.seen.filter((frame) => frame.type === 'event').filter((frame) => frame.room === room);
}

/** Asserts that they are all of the revs from the one to the other, each once and in order. */
export function assertWhole(events: readonly EventFrame[], from: number, to: number): void {
  const wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  assert.deepEqual(
    events.map(({ rev }) => rev),
    wanted,
  );
}

/** Waits for the event with this rev of a room. */
export async function reach(line: Line, room: RoomId, rev: number): Promise<void> {
  if (eventsOf(line, room).some((each) => each.rev >= rev)) return;
  await line.take('event', (frame) => frame.room === room && frame.rev >= rev);
}

export function textOf(frame: EventFrame): string | undefined {
  const { event } = frame;
  if (!('message' in event) || event.message === undefined) return undefined;
  return 'text' in event.message ? event.message.text : undefined;
}

/** Where a room's feed stands, for a hello. */
export async function headOf(person: Person, room: RoomId): Promise<{ rev: number; epoch: Epoch }> {
  const { rev, epoch } = await person.get<{ rev: number; epoch: Epoch }>(`/rooms/${room}`);
  return { rev, epoch };
}
