import type { ClosingName, SessionId, UserId } from '@rill/protocol';
import type { Who } from '../domain/who.ts';
import type { LineEntry } from '../store/user-line.ts';
import type { Told } from './told.ts';

/** A connection as its user's own line sees it. */
export interface Owned {
  readonly who: Who;
  readonly session: SessionId;
  /** Takes an entry of the line unless it has it already. */
  tell(told: Told): void;
  close(name: ClosingName): void;
}

export interface PersonParts {
  /** Makes an entry ready; it may have to load what the entry names. Undefined where nobody is left to be told. */
  readonly load: (person: Person, rev: number, entry: LineEntry) => Promise<Told | undefined>;
  /** Another node asks whether the user is here. */
  readonly onAsked: (user: UserId) => void;
  readonly onFault: (error: unknown) => void;
}

/** One user on this node: takes the entries of the user's line in order and tells each connection of the user. */
export class Person {
  readonly user: UserId;
  /** Others see the user as offline. */
  hidesPresence = false;
  readonly #parts: PersonParts;
  readonly #connections: Owned[] = [];
  #rev: number | undefined;
  #early: [number, LineEntry][] = [];
  #work: Promise<void> | undefined;

  constructor(user: UserId, parts: PersonParts) {
    this.user = user;
    this.#parts = parts;
  }

  get size(): number {
    return this.#connections.length;
  }

  /** Number of the last entry that came; undefined before begin(). */
  get rev(): number | undefined {
    return this.#rev;
  }

  /** Any of the user's connections: in its name things are loaded for all of them. */
  get who(): Who | undefined {
    return this.#connections[0]?.who;
  }

  get connections(): readonly Owned[] {
    return this.#connections;
  }

  add(connection: Owned): void {
    this.#connections.push(connection);
  }

  remove(connection: Owned): void {
    const at = this.#connections.indexOf(connection);
    if (at >= 0) this.#connections.splice(at, 1);
  }

  /** `rev` was read after the line was subscribed: what came before it is known. */
  begin(rev: number): void {
    if (this.#rev !== undefined) return;
    this.#rev = rev;
    const early = this.#early;
    this.#early = [];
    for (const [at, entry] of early) this.receive(at, entry);
  }

  receive(rev: number, entry: LineEntry): void {
    if (entry.kind === 'presence.asked') return this.#parts.onAsked(this.user);
    // Ended sessions are out at once, whatever else is still being loaded.
    if (entry.kind === 'sessions.ended') this.#signOut(entry);
    if (this.#rev === undefined) this.#early.push([rev, entry]);
    else if (rev > this.#rev + 1) this.stale();
    else if (rev === this.#rev + 1) {
      this.#rev = rev;
      this.#follow(rev, entry);
    }
  }

  /** Entries were missed: rights and rooms may have changed, so every connection comes back and reads them. */
  stale(): void {
    this.#each((connection) => connection.close('stale'));
  }

  #follow(rev: number, entry: LineEntry): void {
    const before = this.#work;
    const work = (async () => {
      await before;
      try {
        const told = await this.#parts.load(this, rev, entry);
        if (told !== undefined) this.#each((connection) => connection.tell(told));
      } catch (error) {
        // A line with a hole would be worse than none.
        this.#parts.onFault(error);
        this.stale();
      }
    })();
    this.#work = work;
    void work.then(() => {
      if (this.#work === work) this.#work = undefined;
    });
  }

  #signOut(entry: Extract<LineEntry, { kind: 'sessions.ended' }>): void {
    this.#each((connection) => {
      const ended = entry.sessions === 'all' || entry.sessions.includes(connection.session);
      if (ended && connection.session !== entry.except) connection.close('signed_out');
    });
  }

  /** Of those who are here now: whoever is closed meanwhile leaves the list. */
  #each(act: (connection: Owned) => void): void {
    for (const connection of this.#connections.slice()) act(connection);
  }
}
