import type { RawLine } from './raw-line.ts';

/** How late messages come, from their acknowledgement on. */
export interface LatencyWatch {
  acknowledged(seq: number, at: number): void;
  /** From now on arrivals count, until `end`. */
  begin(): void;
  end(): void;
  /** Milliseconds, ascending; below zero: it came before the acknowledgement. */
  latencies(): number[];
}

/**
 * In one room everybody hears everything in one order: the n-th message that comes to a socket after the first is the
 * n-th message of the room. So nothing has to be parsed to know which one it was.
 */
export function watchLatency(lines: readonly RawLine[]): LatencyWatch {
  const acks = new Map<number, number>();
  const arrivals: { seq: number; at: number }[] = [];
  let on = false;
  let first = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    let seen = 0;
    line.onCount = () => {
      seen += 1;
      if (on) arrivals.push({ seq: seen, at: performance.now() });
    };
  }
  return {
    acknowledged(seq, at) {
      if (seq < first) first = seq;
      acks.set(seq, at);
    },
    begin() {
      on = true;
    },
    end() {
      on = false;
    },
    latencies() {
      const late: number[] = [];
      for (const { seq, at } of arrivals) {
        const ack = acks.get(first + seq - 1);
        if (ack !== undefined) late.push(at - ack);
      }
      return late.sort((one, other) => one - other);
    },
  };
}
