/** Who types at an even pace may be heard a little early now and then; on the average nobody is heard more often. */
const LEEWAY = 0.2;

/** Lets things of one key through only so often. */
export class Spaced<Key> {
  readonly #everyMs: number;
  /** When the next of a key is due. */
  readonly #due = new Map<Key, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  take(key: Key, now: number): boolean {
    const due = this.#due.get(key) ?? now;
    if (now < due - this.#everyMs * LEEWAY) return false;
    this.#due.set(key, Math.max(due, now) + this.#everyMs);
    return true;
  }

  /** Forgets what would be let through anyway. */
  sweep(now: number): void {
    for (const [key, due] of this.#due) if (due <= now) this.#due.delete(key);
  }
}
