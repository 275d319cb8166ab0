/** How long to wait between tries. */
export interface Pace {
  readonly minMs: number;
  readonly maxMs: number;
}

/** The wait after the nth failure (from 1): doubled each time, between half of that and all of it, never below `floorMs`. */
export function backoff(attempt: number, pace: Pace, random: () => number, floorMs = 0): number {
  const full = Math.min(pace.maxMs, pace.minMs * 2 ** Math.min(attempt - 1, 30));
  const jittered = full / 2 + (full / 2) * random();
  // What the server told is the earliest moment; its own jitter is in it, ours spreads those it told the same.
  return Math.round(floorMs > 0 ? floorMs + jittered * 0.5 : jittered);
}
