import type { Parcel } from './parcel.ts';
import type { Ending, Turn } from './turn.ts';

/** What may wait for one socket. */
export interface WriterBounds {
  readonly bytes: number;
  readonly frames: number;
}

export const WRITER_BOUNDS: WriterBounds = { bytes: 1_048_576, frames: 512 };

/** What a writer writes to: a TCP socket, or the response of an event stream. */
export interface Sink {
  write(chunk: Uint8Array): boolean;
  cork(): void;
  uncork(): void;
  once(event: 'drain', listener: () => void): unknown;
  readonly writableNeedDrain: boolean;
  readonly destroyed: boolean;
}

/** How a parcel looks on this kind of line. */
export type Encoding = 'webSocket' | 'eventStream';

const NOTHING: Parcel[] = [];

/**
 * Writes one socket: everything of a turn at once, and no more than the socket takes. What waits is shared with
 * other sockets and bounded; at the bound the offerer keeps its events and reads them again when there is room.
 */
export class Writer implements Ending {
  readonly #sink: Sink;
  readonly #encoding: Encoding;
  readonly #turn: Turn;
  readonly #bounds: WriterBounds;
  #queue: Parcel[] = NOTHING;
  #bytes = 0;
  #frames = 0;
  #planned = false;
  #stuck = false;
  #closed = false;
  #waiting: (() => void)[] | undefined;
  #full = false;
  /** Told once when an offer was refused, and once when there is room again. */
  onFull: ((full: boolean) => void) | undefined;

  constructor(sink: Sink, encoding: Encoding, turn: Turn, bounds = WRITER_BOUNDS) {
    this.#sink = sink;
    this.#bounds = bounds;
    this.#encoding = encoding;
    this.#turn = turn;
  }

  /** Whether it refused something and has not had room since. */
  get full(): boolean {
    return this.#full;
  }

  /** Bytes that wait here, not counting the socket's own. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  /** Takes a parcel, or refuses it because too much waits already. One parcel is always taken. */
  offer(parcel: Parcel): boolean {
    if (this.#closed) return true;
    const bytes = parcel[this.#encoding].length;
    const most = this.#bounds;
    if (this.#frames > 0 && (this.#bytes + bytes > most.bytes || this.#frames + parcel.count > most.frames)) {
      if (!this.#full) {
        this.#full = true;
        this.onFull?.(true);
      }
      return false;
    }
    this.#take(parcel, bytes);
    return true;
  }

  /** Takes what may not be left out: replies and what the user's own line says. Their number is bounded elsewhere. */
  push(parcel: Parcel): void {
    if (!this.#closed) this.#take(parcel, parcel[this.#encoding].length);
  }

  /** Takes a signal unless the writer is half full: a signal that is lost is not missed. */
  signal(parcel: Parcel): boolean {
    const most = this.#bounds;
    const hasRoom = this.#bytes * 2 < most.bytes && this.#frames * 2 < most.frames;
    if (hasRoom) this.push(parcel);
    return hasRoom;
  }

  endTurn(): void {
    this.#planned = false;
    this.#write();
  }

  /** Writes at once what waits, if anything may be written: before a close. */
  flush(): void {
    if (this.#turn.mayWrite()) this.#write();
  }

  /** Resolves when everything was handed to the socket and the socket takes more; at once after close(). */
  drained(): Promise<void> {
    if (this.#closed || (this.#frames === 0 && !this.#stuck)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting ??= [];
      this.#waiting.push(resolve);
    });
  }

  /** Forgets what waits and takes nothing more. */
  close(): void {
    this.#closed = true;
    this.#empty();
    this.#wake();
  }

  #take(parcel: Parcel, bytes: number): void {
    if (this.#queue === NOTHING) this.#queue = [];
    this.#queue.push(parcel);
    this.#bytes += bytes;
    this.#frames += parcel.count;
    if (!this.#stuck) this.#plan();
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#turn.writer(this);
  }

  #write(): void {
    if (this.#stuck || this.#closed || this.#frames === 0 || this.#sink.destroyed) return;
    const queue = this.#queue;
    if (queue.length === 1) {
      // The common case: no corking, no array kept.
      const only = queue[0];
      this.#empty();
      if (only !== undefined) this.#sink.write(only[this.#encoding]);
    } else this.#writeSome(queue);
    if (this.#sink.writableNeedDrain) this.#waitForDrain();
    else if (this.#frames === 0) this.#wake();
  }

  /** Several parcels leave as one write; what the socket does not take now stays here, where it is counted. */
  #writeSome(queue: Parcel[]): void {
    this.#sink.cork();
    let taken = 0;
    while (taken < queue.length && !this.#sink.writableNeedDrain) {
      const parcel = queue[taken];
      taken += 1;
      if (parcel === undefined) continue;
      const chunk = parcel[this.#encoding];
      this.#bytes -= chunk.length;
      this.#frames -= parcel.count;
      this.#sink.write(chunk);
    }
    this.#sink.uncork();
    if (taken === queue.length) this.#empty();
    else this.#queue = queue.slice(taken);
  }

  #waitForDrain(): void {
    this.#stuck = true;
    this.#sink.once('drain', () => {
      this.#stuck = false;
      if (this.#frames === 0) this.#wake();
      else this.#plan();
    });
  }

  #empty(): void {
    this.#queue = NOTHING;
    this.#bytes = 0;
    this.#frames = 0;
  }

  #wake(): void {
    if (this.#full) {
      this.#full = false;
      this.onFull?.(false);
    }
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    for (const resolve of waiting) resolve();
  }
}
