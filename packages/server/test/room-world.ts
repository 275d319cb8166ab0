import assert from 'node:assert/strict';
import { startRedis, type TestRedis, type TestRedisOptions } from '@rill/harness';
import { LIMITS, type Limits, type Message, type Nonce, type RoomId, type UserId } from '@rill/protocol';
import { createMemberStore, type MemberStore } from '../src/store/members.ts';
import { createNonceHashes } from '../src/store/nonces.ts';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';
import { createRoomCalls, type RoomCalls } from '../src/store/room-calls.ts';
import { createRoomFeed, type RoomFeed } from '../src/store/room-feed.ts';
import { createRoomLog, type RoomLog } from '../src/store/room-log.ts';
import { createRoomStore, type RoomStore } from '../src/store/rooms.ts';

export const OWNER = 'owner00000' as UserId;
export const ADMIN = 'admin00000' as UserId;
export const MEMBER = 'member0000' as UserId;
export const OTHER = 'other00000' as UserId;
export const OUTSIDER = 'outside000' as UserId;
export const START = Date.UTC(2026, 10, 22, 8);

/** The store of rooms over a real Redis, with a clock that is moved by hand. */
export interface RoomWorld {
  readonly redis: TestRedis;
  readonly door: RedisDoor;
  readonly calls: RoomCalls;
  readonly log: RoomLog;
  readonly feed: RoomFeed;
  readonly rooms: RoomStore;
  readonly members: MemberStore;
  readonly clock: { now(): number; pass(ms: number): void };
  /** A room id that nobody has used, in partition 7f. */
  freshId(): RoomId;
  /** A room of OWNER, and of ADMIN and MEMBER unless others are named. */
  room(how?: { kind?: 'open' | 'closed' | 'direct'; history?: 'all' | 'joined'; members?: UserId[] }): Promise<RoomId>;
  /** Says something under a fresh nonce unless one is given; the room's pace does not hold it back. */
  say(user: UserId, room: RoomId, text: string, nonce?: string): ReturnType<RoomLog['send']>;
  edit(user: UserId, room: RoomId, seq: number, text: string, rev?: number): ReturnType<RoomLog['edit']>;
  stop(): Promise<void>;
}

export async function startRoomWorld(options: TestRedisOptions = {}, limits: Limits = LIMITS): Promise<RoomWorld> {
  const redis = await startRedis(options);
  const door = await openRedis({ url: redis.url }).catch(async (error) => {
    await redis.stop();
    throw error;
  });
  const calls = createRoomCalls({ redis: door });
  const log = createRoomLog({ calls, nonces: createNonceHashes('secret of a test') });
  const rooms = createRoomStore({ redis: door, calls });
  const members = createMemberStore({ calls });
  let now = START;
  let count = 0;
  const freshId = () => `7f${(count++).toString(36).padStart(16, '0')}` as RoomId;
  return {
    redis,
    door,
    calls,
    log,
    feed: createRoomFeed({ redis: door, calls }),
    rooms,
    members,
    clock: {
      now: () => now,
      pass(ms) {
        now += ms;
      },
    },
    freshId,
    async room({ kind = 'closed', history = 'all', members: others = [ADMIN, MEMBER] } = {}) {
      const id = freshId();
      const settings = { id, kind, name: kind === 'direct' ? '' : 'Lobby', topic: '', history, now };
      await rooms.create({ ...settings, recallSeconds: limits.recallSeconds, members: [OWNER, ...others] });
      if (kind !== 'direct' && others.includes(ADMIN)) {
        await members.changeRole(OWNER, id, ADMIN, 'admin', undefined, now);
      }
      return id;
    },
    say: (user, room, text, nonce = `n${count++}`) =>
      log.send({ room, user, text, nonce: nonce as Nonce, now, perSecond: 1e9 }),
    edit: (user, room, seq, text, rev) =>
      log.edit({
        ...{ room, user, seq, text, rev, now },
        ...{ windowSeconds: limits.editSeconds, mostEdits: limits.editsPerMessage },
      }),
    async stop() {
      await door.close();
      await redis.stop();
    },
  };
}

/** For assert.rejects: a refusal with this code. */
export const refused = (code: string) => (error: unknown) =>
  error instanceof Error && error.name === 'Refusal' && 'code' in error && error.code === code;

/** What somebody reads of a message, or which kind it is where there is nothing to read. */
export const textOf = (message: Message) =>
  message.kind === 'text' && 'text' in message ? message.text : message.kind;

/** The badge of each of these users equals what is in the room: what somebody said after their mark, as they see it. */
export async function assertCounts(world: RoomWorld, room: RoomId, users: readonly UserId[]): Promise<void> {
  for (const user of users) {
    const { unread, readSeq } = (await world.rooms.read(user, room)).room;
    const { messages } = await world.log.page(user, room, { at: 'after', seq: readSeq }, 200);
    const said = messages.filter((message) => message.kind === 'text' && 'text' in message);
    assert.equal(unread, said.length, user);
  }
}
