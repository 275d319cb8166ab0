import type { AckFrame } from '@rill/protocol';

/** The line is alive: the ack says so, and nothing more. */
export function ping(): Partial<AckFrame> {
  return {};
}
