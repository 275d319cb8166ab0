import type { Cursor, Epoch, EventFrame, EventsQuery, Events, RoomEvent } from '@rill/protocol';
import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { RillError } from '../error.ts';

export interface FeedDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: (query: EventsQuery) => Promise<Events>;
  readonly apply: (rev: number, event: RoomEvent) => void;
  /** The position is worth nothing: load the room anew; resolves to the position it has now. */
  readonly reload: () => Promise<Cursor>;
  /** In step again after a gap or a lost position. */
  readonly settled: (cursor: Cursor) => void;
  /** The room is not for this user (any more). */
  readonly gone: () => void;
}

/**
 * unknown: no position yet · following: every event up to the cursor is applied · catching-up: a gap is being
 * fetched · lost: being loaded anew. `turn` marks which attempt an answer belongs to.
 */
type Life = 'unknown' | 'following' | 'catching-up' | 'lost';

const PACE = { minMs: 1_000, maxMs: 30_000 };
/** More than so many events held back are asked for again instead. */
const HELD_MAX = 512;

/** A room's events in order: applies the next, fetches what is missing, never applies one twice. */
export class Feed {
  readonly #deps: FeedDeps;
  #life: Life = 'unknown';
  #cursor: Cursor | undefined;
  #held: EventFrame[] = [];
  #turn = 0;
  #cancelRetry: () => void = () => {};

  constructor(deps: FeedDeps) {
    this.#deps = deps;
  }

  /** Up to where every event is applied; undefined while that is not known. */
  cursor(): Cursor | undefined {
    return this.#life === 'unknown' || this.#life === 'lost' ? undefined : this.#cursor;
  }

  isLost(): boolean {
    return this.#life === 'lost';
  }

  /** Begins at a position that what is shown has reached. */
  begin(cursor: Cursor): void {
    this.#stop();
    this.#cursor = cursor;
    this.#life = 'following';
  }

  /** A new line: it replays from the cursor by itself, and one left from the old is no more worth waiting for. */
  resume(): void {
    if (this.#life === 'lost') {
      this.#life = 'following';
      return this.lose();
    }
    if (this.#life !== 'catching-up') return;
    this.#stop();
    this.#life = 'following';
  }

  stop(): void {
    this.#stop();
    this.#life = 'unknown';
    this.#cursor = undefined;
  }

  receive(frame: EventFrame): void {
    if (this.#life === 'unknown' || this.#cursor === undefined) return;
    if (this.#life !== 'following') {
      // The newest stays: it shows that something is missing before it.
      if (this.#held.length < HELD_MAX) this.#held.push(frame);
      else this.#held[HELD_MAX - 1] = frame;
      return;
    }
    if (frame.epoch !== this.#cursor.epoch) return this.lose();
    if (frame.rev <= this.#cursor.rev) return;
    if (frame.rev === this.#cursor.rev + 1) return this.#advance(frame.rev, frame.event);
    this.#held.push(frame);
    this.catchUp();
  }

  /** Fetches what lies between the cursor and the head. */
  catchUp(): void {
    if (this.#life !== 'following') return;
    this.#life = 'catching-up';
    this.#try(1, (turn) => this.#fetch(turn));
  }

  /** The position cannot be trusted: everything anew. */
  lose(): void {
    if (this.#life === 'lost') return;
    this.#stop();
    this.#life = 'lost';
    this.#cursor ??= { rev: 0, epoch: '' as Epoch };
    this.#try(1, async (turn) => {
      const cursor = await this.#deps.reload();
      if (turn === this.#turn) this.#settle(cursor);
    });
  }

  #advance(rev: number, event: RoomEvent): void {
    if (this.#cursor !== undefined) this.#cursor = { rev, epoch: this.#cursor.epoch };
    this.#deps.apply(rev, event);
  }

  async #fetch(turn: number): Promise<void> {
    for (;;) {
      const cursor = this.#cursor;
      if (cursor === undefined) return;
      const answer = await this.#deps.events({ after: cursor.rev, epoch: cursor.epoch });
      if (turn !== this.#turn) return;
      if (answer.epoch !== cursor.epoch) return this.lose();
      for (const { rev, event } of answer.events) {
        if (turn !== this.#turn) return;
        if (rev === (this.#cursor?.rev ?? 0) + 1) this.#advance(rev, event);
      }
      const reached = this.#cursor?.rev ?? 0;
      if (reached >= answer.rev) return this.#settle(this.#cursor ?? cursor);
      // An answer that brings nothing would be asked for for ever.
      if (reached === cursor.rev) return this.lose();
    }
  }

  /** In step again; what was held back is next. */
  #settle(cursor: Cursor): void {
    const held = this.#held;
    this.#stop();
    this.#cursor = cursor;
    this.#life = 'following';
    this.#deps.settled(cursor);
    for (const frame of held.sort((a, b) => a.rev - b.rev)) this.receive(frame);
  }

  #try(attempt: number, work: (turn: number) => Promise<void>): void {
    this.#turn += 1;
    const turn = this.#turn;
    work(turn).catch((error: RillError) => {
      if (turn !== this.#turn) return;
      if (error.code === 'cursor_too_old') return this.lose();
      if (error.code === 'not_found' || error.code === 'forbidden') return this.#deps.gone();
      const ms = backoff(attempt, PACE, this.#deps.random, error.retryAfterMs);
      this.#cancelRetry = this.#deps.clock.after(ms, () => this.#try(attempt + 1, work));
    });
  }

  #stop(): void {
    this.#turn += 1;
    this.#cancelRetry();
    this.#cancelRetry = () => {};
    this.#held = [];
  }
}
