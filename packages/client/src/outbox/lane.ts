import type { AckFrame } from '@rill/protocol';
import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { asRillError, RillError } from '../error.ts';
import type { KeptEntry } from '../store.ts';
import type { Entry } from './entry.ts';

export interface LaneDeps {
  readonly clock: Clock;
  readonly random: () => number;
  /** The first entry of the lane that waits. */
  readonly next: () => Entry | undefined;
  /** Whether there is a line that has caught up. */
  readonly isLive: () => boolean;
  readonly ask: (entry: KeptEntry) => Promise<AckFrame>;
  readonly sending: (entry: Entry) => void;
  readonly done: (entry: Entry, ack: AckFrame) => void;
  /** To be tried again. */
  readonly again: (entry: Entry) => void;
  readonly refused: (entry: Entry, error: RillError) => void;
}

const PACE = { minMs: 500, maxMs: 60_000 };
/** The server knows a nonce for 14 days; nothing is tried again in the last of them. */
export const TRY_MS = 13 * 86_400_000;

/** What was asked in one room, one after the other: what comes later waits for what came before. */
export class Lane {
  readonly #deps: LaneDeps;
  #isBusy = false;
  #attempt = 0;
  #cancelWait: (() => void) | undefined;
  #stopped = false;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
  }

  /** There may be something to do. `now`: also if a wait is on. */
  pump(now = false): void {
    if (now) this.#endWait();
    if (this.#isBusy || this.#cancelWait !== undefined || this.#stopped || !this.#deps.isLive()) return;
    const entry = this.#deps.next();
    if (entry === undefined) return;
    if (this.#deps.clock.now() - entry.kept.at > TRY_MS) {
      this.#deps.refused(entry, new RillError('request_timeout', { detail: 'It could not be sent for 13 days.' }));
      return this.pump();
    }
    this.#isBusy = true;
    this.#deps.sending(entry);
    this.#deps.ask(entry.kept).then(
      (ack) => this.#answered(entry, () => this.#deps.done(entry, ack)),
      (error: unknown) => this.#failed(entry, asRillError(error)),
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#endWait();
  }

  #answered(entry: Entry, then: () => void): void {
    this.#isBusy = false;
    this.#attempt = 0;
    if (this.#stopped) return;
    then();
    this.pump();
  }

  #failed(entry: Entry, error: RillError): void {
    // Of a 5xx nobody knows whether it was done: the same nonce makes it safe to ask again.
    if (!error.retry && error.status < 500) return this.#answered(entry, () => this.#deps.refused(entry, error));
    this.#isBusy = false;
    if (this.#stopped) return;
    this.#deps.again(entry);
    // Without a line there is nothing to wait for but the line.
    if (!this.#deps.isLive()) return;
    this.#attempt += 1;
    const ms = backoff(this.#attempt, PACE, this.#deps.random, error.retryAfterMs);
    this.#cancelWait = this.#deps.clock.after(ms, () => this.pump(true));
  }

  #endWait(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
  }
}
