import type { Encoding, Sink } from './writer.ts';

/** What carries a connection's frames: a WebSocket, or an event stream with requests beside it. */
export interface Carrier {
  readonly sink: Sink;
  readonly encoding: Encoding;
  /** Says goodbye with a code of the catalogue; what was written before arrives before. */
  close(code: number, reason: string): void;
  /** Ends it without a word. */
  terminate(): void;
  /** Reads nothing more until resume(). */
  pause(): void;
  resume(): void;
  /** Asks the other side for a sign of life. */
  ping(): void;
}
