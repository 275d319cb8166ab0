import { createHmac, randomBytes } from 'node:crypto';
import type { Nonce, RoomId, UserId } from '@rill/protocol';
import { randomId } from './secrets.ts';

const REST = 16;

/** A new room's id; its partition is chosen here, once and for all. */
export function newRoomId(): RoomId {
  return `${randomBytes(1).toString('hex')}${randomId(REST)}` as RoomId;
}

/** The id of the direct room of these people: always the same, so that it is made once, and told by nobody's names. */
export function directRoomId(secret: string, people: readonly UserId[]): RoomId {
  return told(secret, `direct ${people.toSorted().join(' ')}`);
}

/** The id of the room that this user makes under this nonce: always the same, so that it is made once. */
export function nonceRoomId(secret: string, maker: UserId, nonce: Nonce): RoomId {
  return told(secret, `room ${maker} ${nonce}`);
}

function told(secret: string, text: string): RoomId {
  const digest = createHmac('sha256', secret).update(text).digest();
  const rest = BigInt(`0x${digest.subarray(1, 17).toString('hex')}`)
    .toString(36)
    .padStart(25, '0')
    .slice(-REST);
  return `${digest.subarray(0, 1).toString('hex')}${rest}` as RoomId;
}
