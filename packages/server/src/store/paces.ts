import type { Clock } from '../clock.ts';
import type { RedisDoor } from './redis.ts';

/** How often something may be tried. */
export interface Pace {
  readonly attempts: number;
  readonly windowMs: number;
  /** When all attempts of a window are used up, the next is twice as long, up to this; equal to windowMs: never. */
  readonly longestMs: number;
}

/** Attempts, counted for all nodes together. `key` holds nothing that may not be read in Redis. */
export interface Paces {
  /** Counts an attempt. Answers 0, or for how many ms there is no other. */
  take(key: string, pace: Pace): Promise<number>;
  /** The attempt came to nothing and does not count. */
  giveBack(key: string): Promise<void>;
  clear(key: string): Promise<void>;
}

/** Once the last window is over, its growth is remembered this long. */
const REMEMBERED_MS = 3_600_000;
const KEY = /^[a-z]+:[A-Za-z0-9_-]{1,64}$/;

export function createPaces({ redis, clock }: { redis: RedisDoor; clock: Clock }): Paces {
  const keyOf = (key: string) => {
    if (!KEY.test(key)) throw new RangeError('not the key of a pace');
    return `pace:${key}`;
  };
  return {
    async take(key, { attempts, windowMs, longestMs }) {
      const kept = longestMs > windowMs ? REMEMBERED_MS : 0;
      const args = [clock.now(), attempts, windowMs, longestMs, kept];
      const [word, wait] = await redis.call('pace_take', [keyOf(key)], args);
      return word === 'wait' ? Number(wait) : 0;
    },
    async giveBack(key) {
      await redis.call('pace_return', [keyOf(key)], []);
    },
    async clear(key) {
      await redis.call('pace_clear', [keyOf(key)], []);
    },
  };
}
