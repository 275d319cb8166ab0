/** What writing to one socket takes of a CPU, about: a call into the operating system, which no batching saves. */
const WRITE_MS = 0.01;
/** So much longer than writing it rests: a room takes no more than a third of the process to itself, however lively. */
const REST_TIMES = 2;
const MOST_MS = 50;
/** No timer is as short. */
const LEAST_MS = 1;

/**
 * How long a room gathers before it writes to everybody again: about twice as long as that took. So a large lively room
 * leaves others their share of the process and makes fewer, fuller writes; a small or quiet one waits for nothing.
 */
export class Rest {
  #ms = 0;
  #from = 0;

  /** Milliseconds still to wait; 0 when it may write now. A clock that was set back makes nobody wait longer. */
  left(now: number): number {
    const left = Math.min(this.#ms, this.#from + this.#ms - now);
    return left < LEAST_MS ? 0 : left;
  }

  wrote(sockets: number, now: number): void {
    this.#from = now;
    this.#ms = Math.min(MOST_MS, sockets * WRITE_MS * REST_TIMES);
  }
}
