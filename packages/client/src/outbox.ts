import type { AckFrame, Message, Nonce, RoomId, UserId } from '@rill/protocol';
import type { LiveOutbox, OutboxItem, OutboxState } from './api/outbox.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { RillError } from './error.ts';
import { Derived } from './living.ts';
import { newNonce } from './nonce.ts';
import { Entries } from './outbox/entries.ts';
import { type Entry, entryOf, failed, frameOf, waiting } from './outbox/entry.ts';
import { Lane, TRY_MS } from './outbox/lane.ts';
import { Promises } from './outbox/promises.ts';
import { isDone, mayBeDone } from './outbox/settled.ts';
import type { Asked, KeptEntry, Store } from './store.ts';

export interface OutboxDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: Pick<Store, 'putEntry' | 'dropEntry' | 'entries'>;
  readonly connection: Pick<Connection, 'snapshot' | 'request'>;
  readonly me: () => UserId | undefined;
  readonly one: (room: RoomId, seq: number) => Promise<Message>;
  /** The server has done it. */
  readonly done: (entry: KeptEntry, ack: AckFrame) => void;
  /** Whether the room's timeline already has the event with this rev, or will never show it. */
  readonly isPast: (room: RoomId, rev: number) => boolean;
  /** What was asked in the room changed. */
  readonly changed: (room: RoomId) => void;
}

/** What was asked and is not confirmed: kept on the device, done in order, tried again until it is certain. */
export class Outbox implements LiveOutbox {
  readonly #deps: OutboxDeps;
  readonly #entries = new Entries();
  readonly #promises = new Promises();
  readonly #lanes = new Map<string, Lane>();
  readonly #state = new Derived(() => this.#compute());

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
    return this.#entries.of(room);
  }

  /** Takes what the device kept, of this run's own and of those that are over. */
  async load(): Promise<void> {
    const kept = await this.#deps.store.entries().catch((): readonly KeptEntry[] => []);
    const me = this.#deps.me();
    for (const each of kept) {
      if (each.user === me && this.#entries.get(each.id) === undefined) this.#set(entryOf(each));
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
    const again = waiting(isOld ? { ...entry, kept: { ...kept, at: this.#deps.clock.now() } } : entry);
    this.#set(again);
    this.#keep(again.kept);
    this.#lane(kept).pump(true);
  }

  /** Gives up; undefined where it is not there or may be done already. */
  discard(id: string): KeptEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.life.name === 'sending' || entry.life.name === 'sent') return undefined;
    this.#drop(entry.kept);
    this.#promises.break(id, new RillError('discarded'));
    return entry.kept;
  }

  /** One's own message came by the feed: whatever its answer will be, it is there. */
  arrived(nonce: Nonce): void {
    const entry = this.#entries.get(nonce);
    if (entry !== undefined) this.#drop(entry.kept);
  }

  /** Every event of the room up to `rev` is applied. */
  reached(room: RoomId, rev: number): void {
    for (const { kept, life } of this.#entries.sorted()) {
      if (kept.room === room && life.name === 'sent' && life.rev <= rev) this.#forget(kept);
    }
  }

  /** The line is there. */
  pump(): void {
    for (const { kept, life } of this.#entries.sorted()) if (life.name === 'waiting') this.#lane(kept).pump(true);
  }

  /** Forgets everything, without a trace on the device: that is cleared elsewhere. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.stop();
    this.#lanes.clear();
    this.#entries.clear();
    this.#promises.clear();
    this.#state.touch();
  }

  #add(id: string, room: RoomId, asked: Asked): void {
    const user = this.#deps.me();
    if (user === undefined) return this.#promises.break(id, new RillError('unauthenticated'));
    const at = this.#deps.clock.now();
    const kept: KeptEntry = { id, user, room, order: this.#entries.nextOrder(at), at, asked };
    this.#set({ kept, life: { name: 'waiting' } });
    this.#keep(kept);
    this.#lane(kept).pump();
  }

  /** Not waited for: where the device cannot keep it, it is sent all the same. */
  #keep(kept: KeptEntry): void {
    this.#deps.store.putEntry(kept).catch(() => {});
  }

  /** Reading is no part of the order: it neither waits for messages nor keeps them waiting. */
  #lane({ room, asked }: KeptEntry): Lane {
    const isRead = asked.kind === 'read';
    const name = isRead ? `read-${room}` : room;
    const lane = this.#lanes.get(name);
    if (lane !== undefined) return lane;
    const { clock, random, connection } = this.#deps;
    const isIn = ({ kept, life }: Entry) =>
      life.name === 'waiting' && kept.room === room && (kept.asked.kind === 'read') === isRead;
    const made = new Lane({
      clock,
      random,
      next: () => this.#entries.sorted().find(isIn),
      isLive: () => connection.snapshot().name === 'live',
      ask: (kept) => this.#ask(kept),
      sending: ({ kept }) => this.#live({ kept, life: { name: 'sending' } }),
      again: ({ kept }) => this.#live({ kept, life: { name: 'waiting' } }),
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
    this.#deps.done(kept, ack);
    this.#promises.keep(kept.id);
    if (!this.#isCurrent(kept)) return;
    const rev = ack.message?.rev ?? 0;
    if (kept.asked.kind !== 'send' || this.#deps.isPast(kept.room, rev)) return this.#drop(kept);
    this.#set({ kept, life: { name: 'sent', rev } });
    this.#deps.store.dropEntry(kept.id).catch(() => {});
  }

  #failed(kept: KeptEntry, error: RillError): void {
    if (!this.#isCurrent(kept)) return;
    this.#promises.break(kept.id, error);
    // Nobody needs to hear that a mark was not moved.
    if (kept.asked.kind === 'read') return this.#drop(kept);
    const refused = failed(kept, error);
    this.#set(refused);
    this.#keep(refused.kept);
  }

  /** False for what came by the feed meanwhile, and for a mark that was moved further. */
  #isCurrent(kept: KeptEntry): boolean {
    return this.#entries.get(kept.id)?.kept === kept;
  }

  #live(entry: Entry): void {
    if (this.#isCurrent(entry.kept)) this.#set(entry);
  }

  #set(entry: Entry): void {
    this.#entries.set(entry);
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

  #compute(): OutboxState {
    const items = this.#entries.sorted().map((entry) => this.#entries.item(entry));
    return { items, failed: items.filter((item) => item.state === 'failed') };
  }
}
