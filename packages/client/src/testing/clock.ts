import type { Clock } from '../clock.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves it on: everything due is called in its order, and what follows from each is waited for. */
  advance(ms: number): Promise<void>;
  /** Lets what needs no time happen. */
  settle(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

// A turn of the event loop: every promise that can settle has settled after it.
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const soon = (): Promise<void> =>
  'setImmediate' in globalThis ? new Promise((resolve) => setImmediate(resolve)) : turn();

/** A clock for tests; it begins at 2026-01-01T00:00:00Z. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.at > until) continue;
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  };
  return {
    now: () => now,
    after(ms, callback) {
      order += 1;
      const timer = { at: now + Math.max(0, ms), order, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await soon();
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.callback();
        await soon();
      }
      now = until;
    },
    settle: soon,
  };
}
