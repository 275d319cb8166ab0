import type { ImportedCount, ImportLine, RoomId } from '@rill/protocol';
import type { Who } from './who.ts';

/** Brings messages from elsewhere, with their own times and writers' names. */
export interface Import {
  /** By the server's owner, into a room of theirs. A nonce that was stored before is counted, not stored again. */
  import(who: Who, room: RoomId, lines: readonly ImportLine[]): Promise<ImportedCount>;
}
