import type { Clock } from '../clock.ts';

export interface WatchdogDeps {
  readonly clock: Clock;
  readonly pingSeconds: number;
  /** Asks the other side for a sign of life; pages cannot see the protocol's own pings. */
  readonly ping: () => void;
  /** Nothing was heard for twice the interval. */
  readonly silent: () => void;
}

/** Watches a line that may be dead without anybody saying so. */
export class Watchdog {
  readonly #deps: WatchdogDeps;
  #heardAt: number;
  #cancel: () => void = () => {};

  constructor(deps: WatchdogDeps) {
    this.#deps = deps;
    this.#heardAt = deps.clock.now();
    this.#arm();
  }

  heard(): void {
    this.#heardAt = this.#deps.clock.now();
  }

  stop(): void {
    this.#cancel();
  }

  #arm(): void {
    const every = this.#deps.pingSeconds * 1_000;
    this.#cancel = this.#deps.clock.after(every, () => {
      // A clock that was set back tells nothing of the time before.
      if (this.#deps.clock.now() < this.#heardAt) this.heard();
      // After a sleep of the machine this is far beyond, at the first tick.
      const quiet = this.#deps.clock.now() - this.#heardAt;
      if (quiet >= 2 * every) return this.#deps.silent();
      if (quiet >= every / 2) this.#deps.ping();
      this.#arm();
    });
  }
}
