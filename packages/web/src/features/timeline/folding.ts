import type { TimelineItem } from '@rill/client';
import type { UserId } from '@rill/protocol';
import { GROUP_MS, timeOf } from './grouping.ts';

/** A row of the conversation. */
export type RowItem = TimelineItem & {
  /** Whom a note tells of, where it stands for several: "Ada, Bo and Chen joined". */
  readonly told?: readonly UserId[];
};

/** What a note has to have in common with those it is told with, and whom it tells of. */
function noteOf(item: TimelineItem | undefined): { like: string; user: UserId } | undefined {
  if (item === undefined || item.kind === 'pending' || item.message.kind !== 'system') return undefined;
  const { author, note } = item.message;
  if (note.code === 'member.joined' || note.code === 'member.left') return { like: note.code, user: author };
  if (note.code === 'member.added' || note.code === 'member.removed') {
    return { like: note.code + author, user: note.user };
  }
  return undefined;
}

/** Notes that are one row: where the first one stands, and how many they are. */
interface Fold {
  readonly start: number;
  count: number;
}

/**
 * One row for notes of one kind that follow each other: who adds twenty people fills no screen. It stands under the first
 * one's key, so that it stays where it is as it grows; its number and time are the last one's.
 *
 * For one conversation: what is as it was is not gone over again, or every message would cost a look at ten thousand.
 */
export function createFolding(): (items: readonly TimelineItem[]) => readonly RowItem[] {
  let was: readonly TimelineItem[] = [];
  let rows: readonly RowItem[] = [];
  let folds: Fold[] = [];
  return (items) => {
    let at = 0;
    while (at < items.length && items[at] === was[at]) at += 1;
    // Notes before it may go on.
    while (at > 0 && noteOf(items[at - 1])) at -= 1;
    folds = folds.filter(({ start }) => start < at);
    const kept = folds.reduce((left, { count }) => left - count + 1, at);
    let made = folds.length === 0 ? undefined : rows.slice(0, kept);
    let like: string | undefined;
    let last = 0;
    let told: UserId[] = [];
    for (; at < items.length; at += 1) {
      const item = items[at];
      if (item === undefined) break;
      const note = noteOf(item);
      if (note !== undefined && note.like === like && timeOf(item) - last < GROUP_MS) {
        if (told.push(note.user) === 2) folds.push({ start: at - 1, count: 1 });
        const fold = folds.at(-1);
        if (fold !== undefined) fold.count += 1;
        made ??= items.slice(0, at);
        made.push({ ...item, key: made.pop()?.key ?? item.key, told });
      } else {
        made?.push(item);
        if (note !== undefined) told = [note.user];
      }
      like = note?.like;
      if (note !== undefined) last = timeOf(item);
    }
    was = items;
    rows = made ?? items;
    return rows;
  };
}
