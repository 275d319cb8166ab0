import type { Presence, User, UserId, Users } from '@rill/protocol';
import type { Living } from './living.ts';

/** Everybody this client has heard of. */
export interface PeopleState {
  readonly users: ReadonlyMap<UserId, User>;
  readonly presence: ReadonlyMap<UserId, { readonly presence: Presence; readonly lastSeenAt?: string }>;
}

export interface LivePeople extends Living<PeopleState> {
  /** The card of a user; where it is not known yet it is fetched (many at once) and the listeners are told. */
  get(id: UserId): User | undefined;
  /** Finds people by part of a name, on the server; by nothing: the first of all. */
  search(q: string): Promise<readonly User[]>;
  /** Everybody in order of their names, a page at a time; `after` is the `next` of the page before. */
  list(after?: string): Promise<Users>;
  /**
   * These people are on the screen: their presence is told, of those one shares a room with. Returns what to call when
   * they no longer are.
   */
  follow(users: readonly UserId[]): () => void;
  /** Whether oneself sits before this device: away on all devices is away for others. */
  setPresence(presence: 'online' | 'away'): void;
}
