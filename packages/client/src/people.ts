import type { Signal, User, UserId, Users } from '@rill/protocol';
import type { LivePeople, PeopleState } from './api/people.ts';
import type { Attention } from './attention.ts';
import type { Clock } from './clock.ts';
import { Derived } from './living.ts';

export interface PeopleDeps {
  readonly clock: Clock;
  readonly cards: (ids: readonly UserId[]) => Promise<Users>;
  readonly search: (q: string) => Promise<Users>;
  readonly list: (after: string | undefined) => Promise<Users>;
  readonly attention: Attention;
  /** New or other cards, for the device to keep. */
  readonly learnt: (users: readonly User[]) => void;
}

const BATCH = 100;
/** Whoever was not found is not asked for again so soon. */
const AGAIN_MS = 60_000;

/** Everybody this client has heard of; who is missing is fetched, many at once. */
export class People implements LivePeople {
  readonly #deps: PeopleDeps;
  readonly #users = new Map<UserId, User>();
  readonly #presence = new Map<UserId, { presence: 'online' | 'away' | 'offline'; lastSeenAt?: string }>();
  readonly #askedAt = new Map<UserId, number>();
  readonly #state = new Derived<PeopleState>(() => ({
    users: new Map(this.#users),
    presence: new Map(this.#presence),
  }));
  #missing = new Set<UserId>();

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  snapshot(): PeopleState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  get(id: UserId): User | undefined {
    const user = this.#users.get(id);
    if (user === undefined) this.#want(id);
    return user;
  }

  async search(q: string): Promise<readonly User[]> {
    const { users } = await this.#deps.search(q);
    this.learn(users);
    return users;
  }

  async list(after?: string): Promise<Users> {
    const page = await this.#deps.list(after);
    this.learn(page.users);
    return page;
  }

  follow(users: readonly UserId[]): () => void {
    const end = this.#deps.attention.follow(users);
    return () => {
      end();
      // Nobody tells of them any more. Who is followed again within this turn stays as known.
      queueMicrotask(() => this.#forgetUnfollowed());
    };
  }

  setPresence(presence: 'online' | 'away'): void {
    this.#deps.attention.setPresence(presence);
  }

  /** Cards that came along with something. */
  learn(users: readonly User[]): void {
    const news = users.filter((user) => !same(this.#users.get(user.id), user));
    if (news.length === 0) return;
    for (const user of news) this.#users.set(user.id, user);
    this.#deps.learnt(news);
    this.#state.touch();
  }

  signal(signal: Extract<Signal, { kind: 'presence' | 'user.changed' }>): void {
    if (signal.kind === 'user.changed') return this.learn([signal.user]);
    const { presence, lastSeenAt } = signal;
    if (!this.#deps.attention.isFollowed(signal.user)) return;
    this.#presence.set(signal.user, lastSeenAt === undefined ? { presence } : { presence, lastSeenAt });
    this.#state.touch();
  }

  /** The line is gone or new: who is here is told anew. */
  forgetPresence(): void {
    if (this.#presence.size === 0) return;
    this.#presence.clear();
    this.#state.touch();
  }

  #forgetUnfollowed(): void {
    const gone = [...this.#presence.keys()].filter((user) => !this.#deps.attention.isFollowed(user));
    for (const user of gone) this.#presence.delete(user);
    if (gone.length > 0) this.#state.touch();
  }

  clear(): void {
    this.#users.clear();
    this.#presence.clear();
    this.#askedAt.clear();
    this.#missing.clear();
    this.#state.touch();
  }

  #want(id: UserId): void {
    const now = this.#deps.clock.now();
    // Not a real user: the author of what was imported.
    if (!/^[0-9a-z]{10}$/.test(id) || id.startsWith('00imported')) return;
    if (now - (this.#askedAt.get(id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    this.#askedAt.set(id, now);
    if (this.#missing.size === 0) queueMicrotask(() => void this.#fetch());
    this.#missing.add(id);
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#missing];
    this.#missing = new Set();
    for (let at = 0; at < ids.length; at += BATCH) {
      const some = ids.slice(at, at + BATCH);
      try {
        this.learn((await this.#deps.cards(some)).users);
      } catch {
        // Whoever looks again asks again.
        for (const id of some) this.#askedAt.delete(id);
      }
    }
  }
}

function same(a: User | undefined, b: User): boolean {
  return (
    a !== undefined &&
    a.displayName === b.displayName &&
    a.username === b.username &&
    a.role === b.role &&
    a.status === b.status &&
    a.kind === b.kind
  );
}
