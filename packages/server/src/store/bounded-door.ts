import { Refusal } from '../domain/refusal.ts';
import type { RedisDoor } from './redis.ts';

/** While Redis stands still, calls gather: more than this would cost memory now, and time when it goes on. */
const WAITING = 10_000;

/** The same door with a bounded number of calls on their way; one more is `overloaded`, and was not made. */
export function boundDoor(door: RedisDoor, waiting = WAITING): RedisDoor {
  let open = 0;
  const bounded =
    (call: RedisDoor['call']): RedisDoor['call'] =>
    async (name, keys, args) => {
      if (open >= waiting) throw new Refusal('overloaded', { retryAfterMs: 1_000 });
      open += 1;
      try {
        return await call(name, keys, args);
      } finally {
        open -= 1;
      }
    };
  return { ...door, call: bounded(door.call), read: bounded(door.read) };
}
