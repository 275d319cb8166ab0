import type { AckFrame, Message, RoomId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { RillError } from '../error.ts';
import type { KeptEntry } from '../store.ts';
import type { Entries } from './entries.ts';
import { type Entry, failed, frameOf, onTopOf } from './entry.ts';
import { Lane } from './lane.ts';
import type { Promises } from './promises.ts';
import { isDone, mayBeDone } from './settled.ts';

export interface LanesDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly connection: Pick<Connection, 'snapshot' | 'request'>;
  readonly one: (room: RoomId, seq: number) => Promise<Message>;
  /** The server has done it. */
  readonly done: (entry: KeptEntry, ack: AckFrame) => void;
  /** Whether the room's timeline already has the event with this rev, or will never show it. */
  readonly isPast: (room: RoomId, rev: number) => boolean;
}

/** A lane for each room and one for its read marks: what becomes of each entry once it is asked. */
export class Lanes {
  readonly #deps: LanesDeps;
  readonly #entries: Entries;
  readonly #promises: Promises;
  readonly #byName = new Map<string, Lane>();

  constructor(deps: LanesDeps, entries: Entries, promises: Promises) {
    this.#deps = deps;
    this.#entries = entries;
    this.#promises = promises;
  }

  /** There may be something to do where this entry stands. `now`: also if a wait is on. */
  pump(kept: KeptEntry, now = false): void {
    this.#lane(kept).pump(now);
  }

  clear(): void {
    for (const lane of this.#byName.values()) lane.stop();
    this.#byName.clear();
  }

  /** Reading is no part of the order: it neither waits for messages nor keeps them waiting. */
  #lane({ room, asked }: KeptEntry): Lane {
    const isRead = asked.kind === 'read';
    const name = isRead ? `read-${room}` : room;
    const lane = this.#byName.get(name);
    if (lane !== undefined) return lane;
    const { clock, random } = this.#deps;
    const isIn = ({ kept, life }: Entry) =>
      life.name === 'waiting' && kept.room === room && (kept.asked.kind === 'read') === isRead;
    const made = new Lane({
      clock,
      random,
      next: () => this.#entries.sorted().find(isIn),
      isLive: () => this.#isLive(),
      ask: (kept) => this.#ask(kept),
      sending: ({ kept }) => this.#live({ kept, life: { name: 'sending' } }),
      again: ({ kept }) => this.#again(kept),
      done: ({ kept }, ack) => this.#done(kept, ack),
      refused: ({ kept }, error) => this.#refused(kept, error),
    });
    this.#byName.set(name, made);
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
    const rev = ack.message?.rev ?? 0;
    for (const entry of this.#entries.sorted()) {
      const next = onTopOf(kept, rev, entry);
      if (next !== undefined) this.#entries.keep(next);
    }
    if (!this.#entries.isCurrent(kept)) return;
    if (kept.asked.kind !== 'send' || this.#deps.isPast(kept.room, rev)) this.#entries.drop(kept);
    else this.#entries.release({ kept, life: { name: 'sent', rev } });
  }

  #refused(kept: KeptEntry, error: RillError): void {
    if (!this.#entries.isCurrent(kept)) return;
    this.#promises.break(kept.id, error);
    // Nobody needs to hear that a mark was not moved.
    if (kept.asked.kind === 'read') this.#entries.drop(kept);
    else this.#entries.keep(failed(kept, error));
  }

  #again(kept: KeptEntry): void {
    if (!this.#entries.isCurrent(kept)) return;
    if (this.#isLive()) this.#entries.set({ kept, life: { name: 'waiting' } });
    else this.#entries.keep({ kept: { ...kept, offline: true }, life: { name: 'waiting' } });
  }

  #isLive(): boolean {
    return this.#deps.connection.snapshot().name === 'live';
  }

  #live(entry: Entry): void {
    if (this.#entries.isCurrent(entry.kept)) this.#entries.set(entry);
  }
}
