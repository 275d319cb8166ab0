import type { TimelineItem } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import type { Times } from '../../i18n/times.ts';

/** Messages of one author within this time stand under one name, notes of one kind in one row. */
export const GROUP_MS = 5 * 60_000;

/** How a row stands to the one above it. */
export interface Standing {
  /** Another day begins here. */
  readonly day: boolean;
  /** The line "new since you left" stands above it. */
  readonly fresh: boolean;
  /** It bears its author's name; otherwise it belongs to the row above. */
  readonly head: boolean;
}

export function timeOf(item: TimelineItem): number {
  return item.kind === 'pending' ? item.at : Date.parse(item.message.at);
}

/** Who speaks in a row, where words are spoken; tombstones and notices stand alone. */
function speakerOf(item: TimelineItem): string | undefined {
  if (item.kind === 'pending') return item.author;
  const { message } = item;
  if (!isReadable(message)) return undefined;
  return message.imported === undefined ? message.author : `${message.author} ${message.imported.name}`;
}

/** `above`: the row before, where there is one. */
export function standingOf(
  item: TimelineItem,
  above: TimelineItem | undefined,
  firstUnread: number | undefined,
  times: Pick<Times, 'dayNumber'>,
): Standing {
  const at = timeOf(item);
  const day = above === undefined || times.dayNumber(timeOf(above)) !== times.dayNumber(at);
  const seqAbove = above === undefined ? 0 : above.kind === 'message' ? above.seq : Number.POSITIVE_INFINITY;
  const fresh =
    firstUnread !== undefined && item.kind === 'message' && item.seq >= firstUnread && seqAbove < firstUnread;
  const speaker = speakerOf(item);
  const joined =
    !day &&
    !fresh &&
    above !== undefined &&
    speaker !== undefined &&
    speaker === speakerOf(above) &&
    at - timeOf(above) < GROUP_MS;
  return { day, fresh, head: !joined };
}
