import { randomBytes } from 'node:crypto';
import type { ErrorCode, RoomId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import { partitionKey, partitionOf, roomKey } from './keys.ts';
import type { RedisDoor } from './redis.ts';

/** Calls of functions on one room: begins a new epoch where one is due, and turns words of refusal into refusals. */
export interface RoomCalls {
  call(name: string, room: RoomId, args: readonly (string | number)[]): Promise<string[]>;
  read(name: string, room: RoomId, args: readonly (string | number)[]): Promise<string[]>;
  /** A read-only function of a partition itself. */
  readPartition(name: string, partition: number, args: readonly (string | number)[]): Promise<string[]>;
}

/** What a function's word means to who asked. A room that is not theirs and one that does not exist are the same. */
const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  no_room: 'not_found',
  no_message: 'not_found',
  no_member: 'not_found',
  forbidden: 'forbidden',
  not_author: 'not_author',
  nonce_reused: 'nonce_reused',
  room_archived: 'room_archived',
  room_full: 'room_full',
  muted: 'muted',
  last_owner: 'last_owner',
  direct_fixed: 'direct_fixed',
  moved_on: 'moved_on',
  message_gone: 'message_gone',
  edit_closed: 'edit_closed',
  too_many_edits: 'too_many_edits',
  recall_closed: 'recall_closed',
};

export function createRoomCalls({ redis }: { redis: RedisDoor }): RoomCalls {
  async function inEpoch(partition: number, once: () => Promise<string[]>): Promise<string[]> {
    const reply = await once();
    if (reply[0] !== 'epoch') return reply;
    await redis.call('partition_epoch', [partitionKey(partition)], [freshEpoch()]);
    const again = await once();
    // Redis changed its life twice within one request.
    if (again[0] === 'epoch') throw new Refusal('unavailable', { retryAfterMs: 1_000 });
    return again;
  }

  function answered(reply: string[]): string[] {
    const word = reply[0] ?? '';
    if (word === 'pace') throw new Refusal('rate_limited', { retryAfterMs: Number(reply[1]) });
    const code = REFUSALS[word];
    if (code) throw new Refusal(code);
    return reply;
  }

  return {
    async call(name, room, args) {
      const keys = [roomKey(room)];
      return answered(await inEpoch(partitionOf(room), () => redis.call(name, keys, args)));
    },
    async read(name, room, args) {
      const keys = [roomKey(room)];
      return answered(await inEpoch(partitionOf(room), () => redis.read(name, keys, args)));
    },
    readPartition(name, partition, args) {
      const keys = [partitionKey(partition)];
      return inEpoch(partition, () => redis.read(name, keys, args));
    },
  };
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Eight of [0-9a-z]. 252 is the largest multiple of 36 in a byte: above it letters would not be equally likely. */
function freshEpoch(): string {
  let epoch = '';
  while (epoch.length < 8) {
    for (const byte of randomBytes(16)) {
      if (byte < 252 && epoch.length < 8) epoch += LETTERS[byte % 36];
    }
  }
  return epoch;
}
