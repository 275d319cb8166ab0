import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { TimelineItem } from '@rill/client';
import { differ } from '../../ui/memo.ts';

interface Drawn<Marks> {
  readonly marks: Marks;
  readonly row: VNode;
}

/**
 * The rows as they were drawn last. `Marks`: all that a row is drawn from besides its item, single values. The list goes over all of them several times for each message that comes; who is given
 * the same row again looks no further.
 */
export function useRows<Marks extends object>(
  draw: (item: TimelineItem, marks: Marks) => VNode,
  /** What else it is drawn from: when any of it is another, every row is. */
  changed: readonly unknown[],
) {
  const kept = useRef({ changed, rows: new WeakMap<TimelineItem, Drawn<Marks>>() });
  if (kept.current.changed.some((each, at) => !Object.is(each, changed[at]))) {
    kept.current = { changed, rows: new WeakMap() };
  }
  return (item: TimelineItem, marks: Marks): VNode => {
    const before = kept.current.rows.get(item);
    if (before !== undefined && !differ(before.marks, marks)) return before.row;
    const row = draw(item, marks);
    kept.current.rows.set(item, { marks, row });
    return row;
  };
}
