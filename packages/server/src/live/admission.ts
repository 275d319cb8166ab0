import type { Limits } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import { network } from '../domain/network.ts';
import { Refusal } from '../domain/refusal.ts';
import { Pace } from './pace.ts';

/** Handshakes a second on this node, and how many may come at once. */
const HANDSHAKES_PER_SECOND = 1_000;
const HANDSHAKE_BURST = 5_000;
const SPREAD_MS = 5_000;

/** Who may open a socket now. */
export interface Admission {
  /** Counts a socket that has not said who it is; refuses with the time to wait. */
  admit(address: string): void;
  /** It said who it is, or is gone. */
  settled(address: string): void;
  /** No more sockets: this node is about to stop. */
  stop(): void;
}

export function createAdmission(clock: Clock, limits: Limits): Admission {
  const pending = new Map<string, number>();
  const pace = new Pace(HANDSHAKES_PER_SECOND, HANDSHAKE_BURST, clock.now());
  let stopped = false;

  return {
    admit(address) {
      if (stopped) throw new Refusal('unavailable', { retryAfterMs: 1_000 });
      const from = network(address);
      const waiting = pending.get(from) ?? 0;
      if (waiting >= limits.pendingSocketsPerAddress) {
        throw new Refusal('too_many_sockets', { retryAfterMs: limits.helloSeconds * 1_000 });
      }
      const wait = pace.take(clock.now());
      if (wait > 0) throw new Refusal('overloaded', { retryAfterMs: wait + Math.random() * SPREAD_MS });
      pending.set(from, waiting + 1);
    },
    settled(address) {
      const from = network(address);
      const waiting = pending.get(from) ?? 0;
      if (waiting > 1) pending.set(from, waiting - 1);
      else pending.delete(from);
    },
    stop() {
      stopped = true;
    },
  };
}
