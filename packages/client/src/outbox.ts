import type { AckFrame, Message, Nonce, RoomId, UserId } from '@rill/protocol';
import type { LiveOutbox, OutboxItem, OutboxState } from './api/outbox.ts';
import type { Clock } from './clock.ts';
import { RillError } from './error.ts';
import { Derived } from './living.ts';
import { newNonce } from './nonce.ts';
import { type Entry, entryOf, failed, frameOf, itemOf, waiting } from './outbox/entry.ts';
import { Lane, TRY_MS } from './outbox/lane.ts';
import { isDone, mayBeDone } from './outbox/settled.ts';
import type { Connection } from './connection.ts';
import type { Asked, KeptEntry, Store } from './store.ts';

export interface OutboxDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: Pick<Store, 'putEntry' | 'dropEntry' | 'entries'>;
  readonly connection: Pick<Connection, 'snapshot' | 'request'>;
  readonly me: () => UserId | undefined;
  readonly one: (room: RoomId, seq: number) => Promise<Message>;
  /** The server has done it. */
  readonly done: (entry: KeptEntry, ack: Omit<AckFrame, 'type' | 'ref'>) => void;
  /** Whether the room's timeline already has the event with this rev, or will never show it. */
  readonly isPast: (room: RoomId, rev: number) => boolean;
  /** What was asked in the room changed. */
  readonly changed: (room: RoomId) => void;
}

interface Promised {
  readonly resolve: () => void;
  readonly reject: (error: RillError) => void;
}

/** What was asked and is not confirmed: kept on the device, done in order, tried again until it is certain. */
export class Outbox implements LiveOutbox {
  readonly #deps: OutboxDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #items = new WeakMap<Entry, OutboxItem>();
  readonly #lanes = new Map<string, Lane>();
  readonly #promised = new Map<string, Promised>();
  readonly #state = new Derived(() => this.#compute());
  #lastOrder = 0;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  snapshot(): OutboxState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** What was asked in a room, in order. */
  of(room: RoomId): readonly OutboxItem[] {
    return this.#sorted()
      .filter((entry) => entry.kept.room === room)
      .map((entry) => this.#item(entry));
  }

  /** Takes what the device kept, of this run's own and of those that are over. */
  async load(): Promise<void> {
    const kept = await this.#deps.store.entries().catch((): readonly KeptEntry[] => []);
    const me = this.#deps.me();
    for (const entry of kept) {
      if (entry.user !== me || this.#entries.has(entry.id)) continue;
      this.#lastOrder = Math.max(this.#lastOrder, entry.order);
      this.#set(entryOf(entry));
    }
    this.pump();
  }

  /** Says something. */
  send(room: RoomId, text: string): Nonce {
    const nonce = newNonce();
    this.#add(nonce, room, { kind: 'send', nonce, text });
    return nonce;
  }

  /** Does something to a message. The promise may be ignored. */
  act(room: RoomId, asked: Exclude<Asked, { kind: 'send' | 'read' }>): Promise<void> {
    for (const { kept, life } of this.#entries.values()) {
      const isOld = life.name === 'failed' && kept.room === room && 'seq' in kept.asked && kept.asked.seq === asked.seq;
      if (isOld) this.discard(kept.id);
    }
    const id = newNonce();
    const promise = new Promise<void>((resolve, reject) => this.#promised.set(id, { resolve, reject }));
    promise.catch(() => {});
    this.#add(id, room, asked);
    return promise;
  }

  /** Has read up to there; only the furthest is kept. */
  read(room: RoomId, seq: number): void {
    const id = `read-${room}`;
    const old = this.#entries.get(id)?.kept.asked;
    if (old?.kind === 'read' && old.seq >= seq) return;
    this.#add(id, room, { kind: 'read', seq });
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
    this.#set(waiting(isOld ? { ...entry, kept: { ...kept, at: this.#deps.clock.now() } } : entry));
    this.#lane(kept).pump(true);
  }

  /** Gives up; undefined where it is not there or may be done already. */
  discard(id: string): KeptEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.life.name === 'sending' || entry.life.name === 'sent') return undefined;
    this.#drop(entry.kept);
    this.#promised.get(id)?.reject(new RillError('discarded'));
    this.#promised.delete(id);
    return entry.kept;
  }

  /** One's own message came by the feed: whatever its answer will be, it is there. */
  arrived(nonce: Nonce): void {
    const entry = this.#entries.get(nonce);
    if (entry !== undefined) this.#drop(entry.kept);
  }

  /** Every event of the room up to `rev` is applied. */
  reached(room: RoomId, rev: number): void {
    for (const { kept, life } of this.#entries.values()) {
      if (kept.room === room && life.name === 'sent' && life.rev <= rev) this.#forget(kept);
    }
  }

  /** The line is there. */
  pump(): void {
    for (const { kept, life } of this.#entries.values()) if (life.name === 'waiting') this.#lane(kept).pump(true);
  }

  /** Forgets everything, without a trace on the device: that is cleared elsewhere. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.stop();
    this.#lanes.clear();
    this.#entries.clear();
    for (const { reject } of this.#promised.values()) reject(new RillError('discarded'));
    this.#promised.clear();
    this.#state.touch();
  }

  #add(id: string, room: RoomId, asked: Asked): void {
    const user = this.#deps.me();
    if (user === undefined) return this.#refuse(id, new RillError('unauthenticated'));
    const at = this.#deps.clock.now();
    this.#lastOrder = Math.max(this.#lastOrder + 1, at);
    const kept: KeptEntry = { id, user, room, order: this.#lastOrder, at, asked };
    this.#set({ kept, life: { name: 'waiting' } });
    // Not waited for: where the device cannot keep it, it is sent all the same.
    this.#deps.store.putEntry(kept).catch(() => {});
    this.#lane(kept).pump();
  }

  #refuse(id: string, error: RillError): void {
    this.#promised.get(id)?.reject(error);
    this.#promised.delete(id);
  }

  /** Reading is no part of the order: it neither waits for messages nor keeps them waiting. */
  #lane({ room, asked }: KeptEntry): Lane {
    const isRead = asked.kind === 'read';
    const name = isRead ? `read-${room}` : room;
    const lane = this.#lanes.get(name);
    if (lane !== undefined) return lane;
    const { clock, random, connection } = this.#deps;
    const made = new Lane({
      clock,
      random,
      next: () =>
        this.#sorted().find(
          ({ kept, life }) => kept.room === room && life.name === 'waiting' && (kept.asked.kind === 'read') === isRead,
        ),
      isLive: () => connection.snapshot().name === 'live',
      ask: (kept) => this.#ask(kept),
      sending: (entry) => this.#replace(entry, { kept: entry.kept, life: { name: 'sending' } }),
      again: ({ kept }) => this.#replace(this.#entries.get(kept.id), { kept, life: { name: 'waiting' } }),
      done: (entry, ack) => this.#done(entry.kept, ack),
      refused: ({ kept }, error) => this.#failed(kept, error),
    });
    this.#lanes.set(name, made);
    return made;
  }

  async #ask(kept: KeptEntry): Promise<AckFrame> {
    try {
      return await this.#deps.connection.request(frameOf(kept));
    } catch (error) {
      if (!(error instanceof RillError) || kept.asked.kind === 'send' || kept.asked.kind === 'read') throw error;
      if (!mayBeDone(kept, error.code)) throw error;
      const message = await this.#deps.one(kept.room, kept.asked.seq);
      if (!isDone(kept, message)) throw error;
      return { type: 'ack', ref: '', message };
    }
  }

  #done(kept: KeptEntry, ack: AckFrame): void {
    const entry = this.#entries.get(kept.id);
    this.#deps.done(kept, ack);
    this.#promised.get(kept.id)?.resolve();
    this.#promised.delete(kept.id);
    // Further read meanwhile: the entry is another one by now.
    if (entry?.kept !== kept) return;
    const rev = ack.message?.rev ?? 0;
    const isShown = kept.asked.kind !== 'send' || this.#deps.isPast(kept.room, rev);
    if (isShown) return this.#drop(kept);
    this.#set({ kept, life: { name: 'sent', rev } });
    this.#deps.store.dropEntry(kept.id).catch(() => {});
  }

  #failed(kept: KeptEntry, error: RillError): void {
    const entry = this.#entries.get(kept.id);
    if (entry?.kept !== kept) return;
    this.#refuse(kept.id, error);
    // Nobody needs to hear that a mark was not moved.
    if (kept.asked.kind === 'read') return this.#drop(kept);
    const refused = failed(entry, error);
    this.#set(refused);
    this.#deps.store.putEntry(refused.kept).catch(() => {});
  }

  #replace(old: Entry | undefined, entry: Entry): void {
    if (old !== undefined && this.#entries.get(old.kept.id)?.kept === entry.kept) this.#set(entry);
  }

  #set(entry: Entry): void {
    this.#entries.set(entry.kept.id, entry);
    this.#tell(entry.kept.room);
  }

  #drop(kept: KeptEntry): void {
    this.#deps.store.dropEntry(kept.id).catch(() => {});
    this.#forget(kept);
  }

  #forget(kept: KeptEntry): void {
    this.#entries.delete(kept.id);
    this.#tell(kept.room);
  }

  #tell(room: RoomId): void {
    this.#state.touch();
    this.#deps.changed(room);
  }

  #sorted(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => a.kept.order - b.kept.order);
  }

  #item(entry: Entry): OutboxItem {
    const item = this.#items.get(entry) ?? itemOf(entry);
    this.#items.set(entry, item);
    return item;
  }

  #compute(): OutboxState {
    const items = this.#sorted().map((entry) => this.#item(entry));
    return { items, failed: items.filter((item) => item.state === 'failed') };
  }
}
