import type { Registration, UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field, unexpected } from './replies.ts';
import { SERVER } from './user-keys.ts';

/** What Redis knows of the server as a whole. */
export interface ServerState {
  readonly id?: string;
  readonly name?: string;
  readonly registration?: Registration;
  /** `made` is false while the first account is being made. */
  readonly owner?: { readonly user: UserId; readonly made: boolean };
}

export type Claim =
  | { readonly is: 'ok' | 'held' }
  /** Somebody held the place and did not say what became of it. */
  | { readonly is: 'stale' | 'owned'; readonly user: UserId };

/** The server's own state: its id, its settings, whose it is. */
export interface ServerStore {
  read(): Promise<ServerState>;
  /** Gives a new server the id; answers the id it has. */
  found(id: string): Promise<string>;
  /** Changes settings and writes each into the audit log. */
  change(
    by: UserId,
    at: number,
    change: { name?: string | undefined; registration?: Registration | undefined },
  ): Promise<void>;
  /** Holds the owner's place for a user who is about to be made. */
  claim(user: UserId, now: number, until: number): Promise<Claim>;
  settleClaim(user: UserId, made: boolean, at: number): Promise<void>;
}

export function createServerStore({ redis }: { redis: RedisDoor }): ServerStore {
  return {
    async read() {
      const [, id, name, registration, owner, until] = await redis.read('server_read', [SERVER.state], []);
      return {
        ...(id ? { id } : {}),
        ...(name ? { name } : {}),
        // Written by us from the protocol's own list.
        ...(registration ? { registration: registration as Registration } : {}),
        ...(owner ? { owner: { user: owner as UserId, made: until === '' } } : {}),
      };
    },
    async found(id) {
      return field(await redis.call('server_found', [SERVER.state], [id]), 1);
    },
    async change(by, at, { name, registration }) {
      const values: string[] = [];
      if (name !== undefined) values.push('name', name);
      if (registration !== undefined) values.push('registration', registration);
      await redis.call('server_change', [SERVER.state, SERVER.audit], [at, by, ...values]);
    },
    async claim(user, now, until) {
      const reply = await redis.call('owner_claim', [SERVER.state], [user, now, until]);
      const word = reply[0];
      if (word === 'ok' || word === 'held') return { is: word };
      if (word === 'stale' || word === 'owned') return { is: word, user: field(reply, 1) as UserId };
      return unexpected('owner_claim', reply);
    },
    async settleClaim(user, made, at) {
      await redis.call('owner_settle', [SERVER.state, SERVER.audit], [user, made ? 'made' : 'not', at]);
    },
  };
}
