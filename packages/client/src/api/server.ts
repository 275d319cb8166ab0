import type { ServerInfo } from '@rill/protocol';
import type { Limits } from '@rill/protocol/limits';
import type { Living } from './living.ts';

/** What anybody may know of the server; undefined until it was asked. */
export interface LiveServer extends Living<ServerInfo | undefined> {
  /** Asks anew. */
  load(): Promise<ServerInfo>;
  /** What the server holds to; the defaults until it was asked. */
  limits(): Limits;
}
