import type { AckFrame, ErrorFrame } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import { RillError } from '../error.ts';

const ANSWER_MS = 15_000;

interface Waiting {
  readonly resolve: (ack: AckFrame) => void;
  readonly reject: (error: RillError) => void;
  readonly cancel: () => void;
}

/** Joins what was asked over a line to its answers, by `ref`. One for each line. */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  newRef(): string {
    this.#last += 1;
    return this.#last.toString(36);
  }

  /** The answer to a ref; `network` where none comes in time. */
  answer(ref: string, ms = ANSWER_MS): Promise<AckFrame> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ms, () => {
        this.#waiting.delete(ref);
        reject(new RillError('network', { detail: 'No answer in time.' }));
      });
      this.#waiting.set(ref, { resolve, reject, cancel });
    });
  }

  ack(frame: AckFrame): void {
    this.#take(frame.ref)?.resolve(frame);
  }

  refuse(frame: ErrorFrame): void {
    const { code, retryAfterMs, detail } = frame;
    if (frame.ref !== undefined) this.#take(frame.ref)?.reject(new RillError(code, { retryAfterMs, detail }));
  }

  /** The line is gone: nothing more will be answered. */
  end(): void {
    for (const ref of [...this.#waiting.keys()]) {
      this.#take(ref)?.reject(new RillError('network', { detail: 'The line broke.' }));
    }
  }

  #take(ref: string): Waiting | undefined {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    waiting?.cancel();
    return waiting;
  }
}
