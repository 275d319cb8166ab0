/** Time, so that tests can move it by hand. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Calls back once after `ms`, unless the returned function is called before. */
  after(ms: number, callback: () => void): () => void;
}

// setTimeout fires at once beyond this.
const LONGEST = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, ms), LONGEST));
    return () => clearTimeout(timer);
  },
};
