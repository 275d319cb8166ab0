import type { Clock } from '../clock.ts';
import { Refusal } from './refusal.ts';

/** How often each may do something: so many a second, and a burst at once. Kept in this process alone. */
export interface Pace<Key> {
  /** Counts one; refuses `rate_limited` with the time to wait when it is too many. */
  take(key: Key): void;
}

const SWEEP_EVERY = 10_000;

export function createPace<Key>(options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly clock: Clock;
}): Pace<Key> {
  const { perSecond, burst, clock } = options;
  const gap = 1_000 / perSecond;
  const window = gap * Math.max(burst - 1, 0);
  /** When each would be back at the regular pace. */
  const due = new Map<Key, number>();
  let taken = 0;

  function sweep(now: number): void {
    for (const [key, at] of due) if (at <= now) due.delete(key);
  }

  return {
    take(key) {
      const now = clock.now();
      taken += 1;
      if (taken % SWEEP_EVERY === 0) sweep(now);
      // A clock that went back must not shut anybody out.
      const before = Math.min(due.get(key) ?? 0, now + window + gap);
      const at = Math.max(before, now);
      if (at - now > window) throw new Refusal('rate_limited', { retryAfterMs: Math.ceil(at - now - window) });
      due.set(key, at + gap);
    },
  };
}
