import type { TimelineItem } from '@rill/client';
import type { UserId } from '@rill/protocol';
import { GROUP_MS, timeOf } from './grouping.ts';

/** A row of the conversation. */
export type RowItem = TimelineItem & {
  /** Whom a note tells of, where it stands for several: "Ada, Bo and Chen joined". */
  readonly told?: readonly UserId[];
};

/** What a note has to have in common with those it is told with, and whom it tells of. */
function noteOf(item: TimelineItem): { like: string; user: UserId } | undefined {
  if (item.kind === 'pending' || item.message.kind !== 'system') return undefined;
  const { author, note } = item.message;
  if (note.code === 'member.joined' || note.code === 'member.left') return { like: note.code, user: author };
  if (note.code === 'member.added' || note.code === 'member.removed') {
    return { like: note.code + author, user: note.user };
  }
  return undefined;
}

/**
 * One row for notes of one kind that follow each other: who adds twenty people fills no screen. It stands under the first
 * one's key, so that it stays where it is as it grows; its number and time are the last one's.
 */
export function fold(items: readonly TimelineItem[]): readonly RowItem[] {
  let rows: RowItem[] | undefined;
  let like: string | undefined;
  let told: UserId[] = [];
  let last = 0;
  for (const [at, item] of items.entries()) {
    const note = noteOf(item);
    if (note !== undefined && note.like === like && timeOf(item) - last < GROUP_MS) {
      rows ??= items.slice(0, at);
      told.push(note.user);
      rows.push({ ...item, key: rows.pop()?.key ?? item.key, told });
    } else {
      rows?.push(item);
      told = note === undefined ? [] : [note.user];
    }
    like = note?.like;
    if (note !== undefined) last = timeOf(item);
  }
  return rows ?? items;
}
