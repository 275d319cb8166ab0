import type { Limits, RoomId, SessionId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Own } from './members.ts';
import type { RedisDoor } from './redis.ts';
import { field, unexpected } from './replies.ts';
import { userKey, userRoomsKey } from './user-keys.ts';

/** What a user's other devices must learn. Ids and numbers only: who reads it loads what it names. */
export type LineEntry =
  | { readonly kind: 'room.added' | 'room.gone'; readonly room: RoomId }
  | { readonly kind: 'room.read'; readonly room: RoomId; readonly readSeq: number; readonly unread: number }
  | { readonly kind: 'message.hidden'; readonly room: RoomId; readonly seq: number; readonly unread: number }
  | ({ readonly kind: 'room.own'; readonly room: RoomId } & Own)
  | { readonly kind: 'me.changed' }
  /** No entry at all, and without a rev: another node asks where the user is. */
  | { readonly kind: 'presence.asked' }
  | { readonly kind: 'sessions.ended'; readonly sessions: readonly SessionId[] | 'all'; readonly except?: SessionId };

/** A user's own line and the index of the user's rooms. */
export interface UserLine {
  /** Rooms the user may be in: a superset of the truth, which is the members of each room. */
  rooms(user: UserId): Promise<RoomId[]>;
  /** Notes a room before the membership is written, silently. Refuses `too_many_rooms`, and `not_found` for no such active user. */
  holdRoom(user: UserId, room: RoomId): Promise<void>;
  /** Forgets a room after the membership is gone. */
  dropRoom(user: UserId, room: RoomId): Promise<void>;
  /** Raises the line's rev and publishes the entry, in one function. Answers the rev. */
  tell(user: UserId, entry: LineEntry): Promise<number>;
  subscribe(user: UserId, listener: (rev: number, entry: LineEntry) => void): Promise<() => Promise<void>>;
  /** Number of the line's last entry; 0 for nobody. */
  rev(user: UserId): Promise<number>;
}

export interface UserLineParts {
  readonly redis: RedisDoor;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'roomsPerUser'>;
}

export function createUserLine({ redis, clock, limits }: UserLineParts): UserLine {
  return {
    async rooms(user) {
      const [, ...rooms] = await redis.read('user_rooms', [userRoomsKey(user)], []);
      // Our own functions wrote the ids.
      return rooms as RoomId[];
    },
    async holdRoom(user, room) {
      const keys = [userKey(user), userRoomsKey(user)];
      const reply = await redis.call('user_hold_room', keys, [room, limits.roomsPerUser, clock.now()]);
      switch (reply[0]) {
        case 'ok':
        case 'again':
          return;
        case 'too_many':
          throw new Refusal('too_many_rooms');
        case 'no_user':
          throw new Refusal('not_found');
        default:
          unexpected('user_hold_room', reply);
      }
    },
    async dropRoom(user, room) {
      await redis.call('user_drop_room', [userRoomsKey(user)], [room]);
    },
    async tell(user, entry) {
      const reply = await redis.call('user_tell', [userKey(user)], [JSON.stringify(entry)]);
      return reply[0] === 'ok' ? Number(field(reply, 1)) : 0;
    },
    subscribe: (user, listener) =>
      redis.subscribe(userKey(user), (payload) => {
        const at = payload.indexOf('\0');
        // Only our own functions write to the channel.
        listener(Number(payload.slice(0, at)), JSON.parse(payload.slice(at + 1)) as LineEntry);
      }),
    async rev(user) {
      const reply = await redis.read('user_read', [userKey(user)], []);
      return reply[0] === 'ok' ? Number(field(reply, 9)) : 0;
    },
  };
}
