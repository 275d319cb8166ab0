import type { User } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { SERVER } from './user-keys.ts';

/** Told to every node and not kept: who misses it sees the old name until the next look. */
export type ServerEntry = { readonly kind: 'user.changed'; readonly user: User };

/** One channel for what concerns everybody. */
export interface ServerLine {
  tell(entry: ServerEntry): Promise<void>;
  subscribe(listener: (entry: ServerEntry) => void): Promise<() => Promise<void>>;
}

export function createServerLine({ redis }: { redis: RedisDoor }): ServerLine {
  return {
    async tell(entry) {
      await redis.call('server_tell', [SERVER.state], [JSON.stringify(entry)]);
    },
    // Only tell() writes to the channel.
    subscribe: (listener) => redis.subscribe(SERVER.state, (payload) => listener(JSON.parse(payload) as ServerEntry)),
  };
}
