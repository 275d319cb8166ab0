import type { Living } from './api/living.ts';

/** Who wants to be told. A listener that throws keeps nobody else from being told. */
class Listeners {
  readonly #all = new Set<() => void>();
  #isTelling = false;
  #again = false;

  add(listener: () => void): () => void {
    // Wrapped, so that the same function may subscribe twice.
    const own = () => listener();
    this.#all.add(own);
    return () => {
      this.#all.delete(own);
    };
  }

  /** Where a listener itself changes what it listens to, all are told once more when all have been told. */
  tell(): void {
    this.#again = true;
    if (this.#isTelling) return;
    this.#isTelling = true;
    while (this.#again) {
      this.#again = false;
      for (const listener of [...this.#all]) call(listener);
    }
    this.#isTelling = false;
  }
}

function call(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** A living value that is set. */
export class Cell<Value> implements Living<Value> {
  readonly #listeners = new Listeners();
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  snapshot(): Value {
    return this.#value;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#listeners.tell();
  }
}

/** A living value that is computed from others when somebody looks, and told to have changed by `touch()`. */
export class Derived<Value> implements Living<Value> {
  readonly #listeners = new Listeners();
  readonly #compute: (before: Value | undefined) => Value;
  #value: Value | undefined;
  #fresh = false;

  constructor(compute: (before: Value | undefined) => Value) {
    this.#compute = compute;
  }

  snapshot(): Value {
    if (!this.#fresh || this.#value === undefined) {
      this.#value = this.#compute(this.#value);
      this.#fresh = true;
    }
    return this.#value;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  touch(): void {
    this.#fresh = false;
    this.#listeners.tell();
  }
}
