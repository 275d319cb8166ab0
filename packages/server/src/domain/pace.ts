import type { Clock } from '../clock.ts';
import { Refusal } from './refusal.ts';

/** How often each may do something: so many a second, and a burst at once. */
export interface Pace<Key> {
  /** Counts one, or so many; refuses `rate_limited` with the time to wait when it is too many. */
  take(key: Key, many?: number): void;
}

export interface PaceParts<Key> {
  readonly perSecond: number;
  readonly burst: number;
  readonly clock: Clock;
  /**
   * Adds up what the nodes have let through, at so many ms each; answers how far ahead of the regular pace all of them
   * together are, in ms, `mostMs` at most. Without it each node counts for itself.
   */
  readonly share?: (key: Key, count: number, gapMs: number, mostMs: number) => Promise<number>;
}

interface Taken {
  /** When it would be back at the regular pace. */
  due: number;
  untold: number;
  telling: boolean;
}

const SWEEP_EVERY = 10_000;
/** What was let through and is paid off for so long concerns no other node. */
const FORGOTTEN_MS = 10_000;
/** How long somebody may have to wait who was fast on several nodes at once. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Nobody waits for other nodes: each lets through by what it knows, and after every few tells the others of them and
 * learns of theirs.
 */
export function createPace<Key>({ perSecond, burst, clock, share }: PaceParts<Key>): Pace<Key> {
  const gap = 1_000 / perSecond;
  const window = gap * Math.max(burst - 1, 0);
  const mostAhead = window + LONGEST_WAIT_MS;
  /** A second's worth, and never more than a small part of what may come at once. */
  const tellEvery = Math.max(1, Math.min(Math.ceil(perSecond), Math.floor(burst / 4)));
  const each = new Map<Key, Taken>();
  let count = 0;

  function sweep(now: number): void {
    for (const [key, { due }] of each) if (due <= now) each.delete(key);
  }

  async function tell(share: NonNullable<PaceParts<Key>['share']>, key: Key, taken: Taken): Promise<void> {
    taken.telling = true;
    while (taken.untold >= tellEvery) {
      const told = taken.untold;
      taken.untold = 0;
      try {
        const aheadMs = await share(key, told, gap, mostAhead);
        taken.due = Math.max(taken.due, clock.now() + aheadMs + taken.untold * gap);
      } catch {
        // While Redis takes nothing, each node counts for itself.
      }
    }
    taken.telling = false;
  }

  return {
    take(key, many = 1) {
      const now = clock.now();
      count += 1;
      if (count % SWEEP_EVERY === 0) sweep(now);
      const taken = each.get(key) ?? { due: 0, untold: 0, telling: false };
      if (now - taken.due > FORGOTTEN_MS) taken.untold = 0;
      // Nobody is shut out for long by a clock that went back.
      taken.due = Math.max(now, Math.min(taken.due, now + mostAhead));
      if (taken.due - now > window) {
        throw new Refusal('rate_limited', { retryAfterMs: Math.ceil(taken.due - now - window) });
      }
      taken.due += gap * many;
      taken.untold += many;
      each.set(key, taken);
      if (share !== undefined && taken.untold >= tellEvery && !taken.telling) void tell(share, key, taken);
    },
  };
}
