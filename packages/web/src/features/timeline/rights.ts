import type { MessageItem } from '@rill/client';
import type { Room } from '@rill/protocol';
import type { Limits } from '@rill/protocol/limits';
import { isReadable } from '@rill/protocol/message';

/** What the reader may do with a message now. The server decides; this only keeps the menu honest. */
export interface Rights {
  readonly edit: boolean;
  /** ms that are left for recalling; 0: no more. */
  readonly recallMs: number;
  readonly hide: boolean;
  readonly remove: boolean;
}

export function rightsOf(
  item: MessageItem,
  room: Room,
  limits: Pick<Limits, 'editSeconds' | 'editsPerMessage'>,
  now: number,
): Rights {
  const { message, mine } = item;
  const readable = isReadable(message);
  const own = readable && mine && message.imported === undefined && !room.archived;
  const recallMs = own && message.recallUntil !== undefined ? Math.max(0, Date.parse(message.recallUntil) - now) : 0;
  const edit =
    own && now - Date.parse(message.at) < limits.editSeconds * 1_000 && (message.edits ?? 0) < limits.editsPerMessage;
  const moderates = room.kind !== 'direct' && room.role !== 'member' && !room.archived;
  return { edit, recallMs, hide: message.kind === 'text', remove: readable && moderates && recallMs === 0 };
}
