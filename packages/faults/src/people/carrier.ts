/** By which way a line goes. */
export type Way = 'socket' | 'stream';

/** What carries a line: frames go up, and whatever comes down is heard. */
export interface Carrier {
  isOpen(): boolean;
  send(frame: object): void;
  /** Reads nothing for so long. */
  pause(ms: number): void;
  /** Goes away without a word. */
  drop(): void;
}

/** Told by a carrier, `closed` once. */
export interface Ears {
  opened(): void;
  heard(frame: string): void;
  closed(): void;
}

/** One node, and in whose name. */
export interface Where {
  readonly url: string;
  readonly token: string;
}
