import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimelineItem, TimelineState } from '@rill/client';
import type { VirtualizerHandle } from 'virtua';
import { createList } from './list.tsx';

/** Nearer than this to the end counts as at the end. */
const END_PX = 32;
/** History is asked for while there is still so much above. */
const AHEAD_PX = 1_600;

/** So long after a move the reader may still be about to leave the end. */
const MOVING_MS = 200;
/** Unread messages begin so far below the upper edge. */
const FRESH_PX = 96;

/** Of more than a screen holds the older ones need not be drawn. */
const NEWS_MOST = 40;

/** A message that is to be in sight: in the middle, or where the unread ones begin. */
interface Goal {
  readonly seq: number;
  readonly align: 'middle' | 'beginning';
}

/** seq of the last message at or before an item: pending ones have none. */
function seqAt(items: readonly TimelineItem[], index: number): number {
  for (let at = Math.min(index, items.length - 1); at >= 0; at -= 1) {
    const item = items[at];
    if (item?.kind === 'message') return item.seq;
  }
  return 0;
}

interface FollowOptions {
  state: TimelineState;
  scroller: RefObject<HTMLElement | null>;
  loadOlder: () => void;
  loadNewer: () => void;
  /** What has been in sight up to. */
  onSeen: (seq: number) => void;
}

/**
 * Where the reader is in the conversation. At the end it follows; away from the end nothing moves the line that is
 * being read; history is fetched before its edge is in sight.
 */
export function useFollow({ state, scroller, loadOlder, loadNewer, onSeen }: FollowOptions) {
  const handle = useRef<VirtualizerHandle>(null);
  const [atEnd, setAtEnd] = useState(true);
  const end = useRef(true);
  const offset = useRef(0);
  /** It stays where it is put, whatever is loaded or measured, until the reader moves. */
  const goal = useRef<Goal>(undefined);
  /** When the reader last moved; ms of performance.now(). */
  const moved = useRef(Number.NEGATIVE_INFINITY);
  const List = useMemo(() => createList(moved), []);
  const shown = useRef<{ turn: number; first: string | undefined; count: number }>({
    turn: -1,
    first: undefined,
    count: 0,
  });
  const { items, turn } = state;
  const first = items[0]?.key;
  const last = items.at(-1);
  const said = last?.kind === 'pending' ? last.key : undefined;
  const lastSaid = useRef(said);
  const sameStretch = shown.current.turn === turn;
  /** Something was added or taken at the beginning: positions are kept from the end. */
  const shift = sameStretch && shown.current.first !== undefined && first !== shown.current.first;

  /**
   * Rows that came since the last time, while the end is followed. All are to be drawn at once, also those below what is in
   * sight: a row that is drawn when the list has moved to it is measured a frame later, and until then there is nothing.
   */
  const news = sameStretch && end.current ? items.length - shown.current.count : 0;

  const setEnd = (value: boolean) => {
    end.current = value;
    setAtEnd(value);
  };
  /** The browser tells of another place when the next frame begins: until then the rows of that place would be missing. */
  const settle = () => queueMicrotask(() => scroller.current?.dispatchEvent(new Event('scroll')));
  /**
   * Not by the list's own scrollToIndex: that goes back to its place for 150 ms after each row it measures, also against a
   * reader who turns the wheel. Here whatever is measured comes by onResize, and the reader's first move ends it.
   */
  const put = (list: VirtualizerHandle, top: number) => {
    // Setting a position forces a layout, also where it is that already.
    if (Math.abs(list.scrollOffset - top) < 1) return;
    scroller.current?.scrollTo({ top, behavior: 'instant' });
    settle();
  };
  const toBottom = () => {
    const list = handle.current;
    if (list !== null) put(list, list.scrollSize - list.viewportSize);
  };

  /** False where there is no message to go to. */
  const toGoal = () => {
    const list = handle.current;
    const to = goal.current;
    const at = to === undefined ? -1 : items.findIndex((item) => item.kind === 'message' && item.seq === to.seq);
    if (list === null || at < 0) return false;
    const above = to?.align === 'middle' ? (list.viewportSize - list.getItemSize(at)) / 2 : FRESH_PX;
    const lowest = list.scrollSize - list.viewportSize;
    const top = Math.max(0, Math.min(list.getItemOffset(at) - above, lowest));
    put(list, top);
    setEnd(state.newer.name === 'end' && lowest - top < END_PX);
    return true;
  };
  useEffect(() => {
    const element = scroller.current;
    const release = () => {
      goal.current = undefined;
      moved.current = performance.now();
    };
    const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const move of moves) element?.addEventListener(move, release, { passive: true });
    return () => {
      for (const move of moves) element?.removeEventListener(move, release);
    };
  }, [scroller]);

  const look = () => {
    const list = handle.current;
    if (list === null || items.length === 0) return;
    const lowest = list.scrollSize - list.viewportSize;
    // Who follows the end is there, also where the list has not heard yet of where it was put: at 0 it would load history.
    const top = end.current && state.newer.name === 'end' ? lowest : list.scrollOffset;
    const left = lowest - top;
    if (top < AHEAD_PX && state.older.name === 'more') loadOlder();
    if (left < AHEAD_PX && state.newer.name === 'more') loadNewer();
    const bottom = list.findItemIndex(top + list.viewportSize - 1);
    onSeen(left < END_PX ? seqAt(items, items.length - 1) : seqAt(items, bottom - 1));
  };

  useLayoutEffect(() => {
    if (items.length === 0) return;
    const began = !sameStretch;
    // At the end one's own message is drawn already, and followed by onResize as soon as it is measured, in the same frame: to
    // go there now would lay everything out once more.
    const comesBySelf = !began && end.current && !shift && items.length === shown.current.count + 1;
    shown.current = { turn, first, count: items.length };
    const isOwn = !began && said !== undefined && said !== lastSaid.current;
    const isThere = !isOwn && toGoal();
    if (isThere) {
      // It stands where it is wanted.
    } else if (began) {
      const fresh =
        state.firstUnread === undefined
          ? -1
          : items.findIndex((item) => item.kind === 'message' && item.seq >= (state.firstUnread ?? 0));
      if (fresh > 0 && items.length - fresh > 8) {
        goal.current = { seq: seqAt(items, fresh), align: 'beginning' };
        toGoal();
      } else {
        setEnd(state.newer.name === 'end');
        toBottom();
      }
    } else if (isOwn) {
      // Whoever says something wants to see it stand there.
      goal.current = undefined;
      setEnd(true);
      if (!comesBySelf) toBottom();
    } else if (end.current && state.newer.name === 'end') toBottom();
    lastSaid.current = said ?? lastSaid.current;
    if (shift) settle();
    look();
  }, [items, turn]);

  return {
    handle,
    List,
    atEnd: atEnd && state.newer.name === 'end',
    shift,
    news: Math.min(news, NEWS_MOST),
    isFollowing: () => end.current,
    /** Goes to the end, and follows from there. */
    toEnd() {
      goal.current = undefined;
      setEnd(true);
      toBottom();
    },
    /** Goes to a message as soon as it is loaded, and stays there until the reader moves; undefined: it does not come. */
    goTo(seq: number | undefined) {
      goal.current = seq === undefined ? undefined : { seq, align: 'middle' };
      toGoal();
    },
    onScroll(now: number) {
      const list = handle.current;
      if (list === null) return;
      const left = list.scrollSize - now - list.viewportSize;
      // Only the reader moves upwards; what grows below is no reason to stop following.
      if (left < END_PX) {
        if (!end.current) setEnd(true);
      } else if (now < offset.current - 1 && end.current) setEnd(false);
      offset.current = now;
      look();
    },
    onResize() {
      // A finger begins with a few pixels: to go back to the end under it would never let it leave.
      const isMoving = performance.now() - moved.current < MOVING_MS;
      if (!toGoal() && end.current && !isMoving && state.newer.name === 'end') toBottom();
      settle();
      look();
    },
  };
}
