import type { FailureCode } from '../error.ts';
import type { Living } from './living.ts';

/**
 * idle: nobody is signed in, or the device sleeps · connecting: the line is being opened · catching-up: welcome was
 * said, missed events are coming · live · waiting: until a moment (ms since 1970) or, where `until` is undefined,
 * until `wake()` · refused: coming back by itself would not help; `wake()` tries again.
 */
export type ConnectionState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly attempt: number }
  | { readonly name: 'catching-up' }
  | { readonly name: 'live' }
  | { readonly name: 'waiting'; readonly until: number | undefined; readonly attempt: number }
  | { readonly name: 'refused'; readonly code: FailureCode };

/** The one line to the server. It comes and goes by itself while somebody is signed in. */
export interface LiveConnection extends Living<ConnectionState> {
  /** The device is back (online, visible, unfrozen): comes back at once, or asks a line that seems alive whether it is. */
  wake(): void;
  /** The device has no network: a lost line is not sought again until `wake()`. */
  sleep(): void;
}
