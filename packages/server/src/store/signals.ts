import type { Presence, RoomId, UserId } from '@rill/protocol';
import { roomKey } from './keys.ts';
import type { RedisDoor } from './redis.ts';
import { userKey } from './user-keys.ts';

/** What one node says of one user. */
export interface Sighting {
  readonly node: string;
  readonly is: Presence;
}

/** What is told between nodes and not kept. A signal that is lost is not missed, so nothing here is retried. */
export interface SignalStore {
  tellTyping(room: RoomId, user: UserId): Promise<void>;
  onTyping(room: RoomId, listener: (user: UserId) => void): Promise<() => Promise<void>>;
  /** Asks every node that has this user: it comes as `presence.asked` over the user's own line, without a rev. */
  ask(user: UserId): Promise<void>;
  tellSighting(user: UserId, sighting: Sighting): Promise<void>;
  /** What others may know of the user is another: who watches looks again, also where the user is on no node. */
  tellHiding(user: UserId): Promise<void>;
  onSighting(user: UserId, listener: (sighting: Sighting) => void): Promise<() => Promise<void>>;
}

const ASKED = `0\0${JSON.stringify({ kind: 'presence.asked' })}`;

export function createSignalStore({ redis }: { redis: RedisDoor }): SignalStore {
  const typing = (room: RoomId) => `${roomKey(room)}:typing`;
  const presence = (user: UserId) => `${userKey(user)}:presence`;
  const tell = async (channel: string, payload: string) => {
    await redis.call('signal_tell', [channel], [payload]);
  };
  return {
    tellTyping: (room, user) => tell(typing(room), user),
    // Only our own nodes write to these channels.
    onTyping: (room, listener) => redis.subscribe(typing(room), (payload) => listener(payload as UserId)),
    ask: (user) => tell(userKey(user), ASKED),
    tellSighting: (user, { node, is }) => tell(presence(user), `${node} ${is}`),
    // Of a node that has no sockets: nobody is seen there.
    tellHiding: (user) => tell(presence(user), `- offline`),
    onSighting: (user, listener) =>
      redis.subscribe(presence(user), (payload) => {
        const [node = '', is] = payload.split(' ');
        listener({ node, is: is as Presence });
      }),
  };
}
