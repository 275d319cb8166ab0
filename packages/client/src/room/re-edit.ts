import { LIMITS } from '@rill/protocol/limits';
import type { Clock } from '../clock.ts';

/** Texts recalled here a moment ago, for 重新编辑. In this memory only: nowhere else may a recalled text be. */
export class ReEdit {
  readonly #clock: Clock;
  readonly #changed: (seq: number) => void;
  readonly #texts = new Map<number, { readonly text: string; readonly cancel: () => void }>();

  constructor(clock: Clock, changed: (seq: number) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  text(seq: number): string | undefined {
    return this.#texts.get(seq)?.text;
  }

  keep(seq: number, text: string): void {
    this.#texts.get(seq)?.cancel();
    const cancel = this.#clock.after(LIMITS.reEditSeconds * 1_000, () => {
      this.#texts.delete(seq);
      this.#changed(seq);
    });
    this.#texts.set(seq, { text, cancel });
    this.#changed(seq);
  }

  clear(): void {
    for (const { cancel } of this.#texts.values()) cancel();
    this.#texts.clear();
  }
}
