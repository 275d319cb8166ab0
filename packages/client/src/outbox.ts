import type { Nonce, RoomId, UserId } from '@rill/protocol';
import type { LiveOutbox, OutboxItem, OutboxState } from './api/outbox.ts';
import { RillError } from './error.ts';
import { Derived } from './living.ts';
import { newNonce } from './nonce.ts';
import { Entries } from './outbox/entries.ts';
import { entryOf, waiting } from './outbox/entry.ts';
import { TRY_MS } from './outbox/lane.ts';
import { Lanes, type LanesDeps } from './outbox/lanes.ts';
import { Marks } from './outbox/marks.ts';
import { Promises } from './outbox/promises.ts';
import type { Asked, KeptEntry, Store } from './store.ts';

export interface OutboxDeps extends LanesDeps {
  readonly store: Pick<Store, 'putEntry' | 'dropEntry' | 'entries'>;
  readonly me: () => UserId | undefined;
  /** What was asked in the room changed. */
  readonly changed: (room: RoomId) => void;
}

/** What was asked and is not confirmed: kept on the device, done in order, tried again until it is certain. */
export class Outbox implements LiveOutbox {
  readonly #deps: OutboxDeps;
  readonly #entries: Entries;
  readonly #promises = new Promises();
  readonly #lanes: Lanes;
  readonly #marks: Marks;
  readonly #state = new Derived(() => this.#compute());

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#entries = new Entries({ store: deps.store, changed: (room) => this.#tell(room) });
    this.#lanes = new Lanes(deps, this.#entries, this.#promises);
    this.#marks = new Marks(deps.clock, (room, seq) => this.#mark(room, seq));
  }

  snapshot(): OutboxState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** What was asked in a room, in order. */
  of(room: RoomId): readonly OutboxItem[] {
    return this.#entries.of(room);
  }

  /** Takes what the device kept, of this run's own and of those that are over. */
  async load(): Promise<void> {
    const known = this.#entries.ids();
    const kept = await this.#deps.store.entries().catch((): readonly KeptEntry[] => []);
    const me = this.#deps.me();
    for (const each of kept) {
      // What was known is here, or was done while the device was read: it must not be asked again.
      const isNews = !known.has(each.id) && this.#entries.get(each.id) === undefined;
      if (each.user === me && isNews) this.#entries.set(entryOf(each));
    }
    this.pump();
  }

  /** Says something. */
  send(room: RoomId, text: string): Nonce {
    const nonce = newNonce();
    this.#add(nonce, room, { kind: 'send', nonce, text });
    return nonce;
  }

  /** Does something to a message. The promise may be ignored. What was refused of the same message is forgotten. */
  act(room: RoomId, asked: Exclude<Asked, { kind: 'send' | 'read' }>): Promise<void> {
    for (const { kept, life } of this.#entries.sorted()) {
      const isOld = life.name === 'failed' && kept.room === room && 'seq' in kept.asked && kept.asked.seq === asked.seq;
      if (isOld) this.discard(kept.id);
    }
    const id = newNonce();
    const promise = this.#promises.make(id);
    this.#add(id, room, asked);
    return promise;
  }

  /** Has read up to there; only the furthest is kept. */
  read(room: RoomId, seq: number): void {
    this.#marks.move(room, seq);
  }

  /** Tries again what was refused. */
  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.life.name !== 'failed') return;
    const { kept } = entry;
    const isOld = this.#deps.clock.now() - kept.at > TRY_MS;
    if (isOld && kept.asked.kind === 'send') {
      // Nobody remembers the old nonce: whether it was sent after all, only the person who looks can tell.
      this.discard(id);
      this.send(kept.room, kept.asked.text);
      return;
    }
    this.#entries.keep(waiting(isOld ? { ...entry, kept: { ...kept, at: this.#deps.clock.now() } } : entry));
    this.#lanes.pump(kept, true);
  }

  /** Gives up; undefined where it is not there or may be done already. */
  discard(id: string): KeptEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.life.name === 'sending' || entry.life.name === 'sent') return undefined;
    this.#entries.drop(entry.kept);
    this.#promises.break(id, new RillError('discarded'));
    return entry.kept;
  }

  /** One's own message came by the feed: whatever its answer will be, it is there. */
  arrived(nonce: Nonce): void {
    const entry = this.#entries.get(nonce);
    if (entry !== undefined) this.#entries.drop(entry.kept);
  }

  /** Every event of the room up to `rev` is applied. */
  reached(room: RoomId, rev: number): void {
    for (const { kept, life } of this.#entries.sorted()) {
      if (kept.room === room && life.name === 'sent' && life.rev <= rev) this.#entries.forget(kept);
    }
  }

  /** The line is there. */
  pump(): void {
    for (const { kept, life } of this.#entries.sorted()) if (life.name === 'waiting') this.#lanes.pump(kept, true);
  }

  /** Forgets everything, without a trace on the device: that is cleared elsewhere. */
  clear(): void {
    this.#lanes.clear();
    this.#marks.clear();
    this.#entries.clear();
    this.#promises.clear();
    this.#state.touch();
  }

  #mark(room: RoomId, seq: number): void {
    const id = `read-${room}`;
    const old = this.#entries.get(id)?.kept.asked;
    if (old?.kind === 'read' && old.seq >= seq) return;
    this.#add(id, room, { kind: 'read', seq });
  }

  #add(id: string, room: RoomId, asked: Asked): void {
    const user = this.#deps.me();
    if (user === undefined) return this.#promises.break(id, new RillError('unauthenticated'));
    const at = this.#deps.clock.now();
    const offline = this.#deps.connection.snapshot().name === 'live' ? {} : { offline: true as const };
    const kept: KeptEntry = { id, user, room, order: this.#entries.nextOrder(at), at, asked, ...offline };
    this.#entries.keep({ kept, life: { name: 'waiting', untried: true } });
    this.#lanes.pump(kept);
  }

  #tell(room: RoomId): void {
    this.#state.touch();
    this.#deps.changed(room);
  }

  #compute(): OutboxState {
    const items = this.#entries.sorted().map((entry) => this.#entries.item(entry));
    return { items, failed: items.filter((item) => item.state === 'failed') };
  }
}
