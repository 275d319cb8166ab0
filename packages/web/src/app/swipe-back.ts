import { oneColumn } from '../platform/columns.ts';

/** The edges belong to the system, whose own back begins there. */
const EDGE_PX = 32;
/** So far a finger may tremble before it is known what it does. */
const STILL_PX = 10;
/** So much of the width, or so fast a flick, goes back. */
const ENOUGH = 0.35;
const FLICK_PX_PER_MS = 0.5;
const RETURN_MS = 160;

/** One finger on its way to the right. */
interface Swipe {
  readonly columns: HTMLElement;
  /** What it moves, and what comes to light under it. */
  readonly column: HTMLElement;
  readonly from: { readonly x: number; readonly y: number };
  /** Until then it may still be the beginning of a scroll. */
  taken: boolean;
  x: number;
  at: number;
  speed: number;
}

/**
 * On a phone, where one column is shown at a time, a finger that goes to the right goes back one column. To the left it
 * is nobody's, and so free for what a row may do. `back`: where it leads now; undefined where it leads nowhere.
 * Listens until the returned function is called.
 */
export function watchSwipeBack(back: () => string | undefined, go: (path: string) => void): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let swipe: Swipe | undefined;

  const start = (event: TouchEvent) => {
    if (swipe?.taken === true) cancel();
    swipe = undefined;
    const [touch, second] = event.touches;
    if (touch === undefined || second !== undefined || !oneColumn() || back() === undefined) return;
    if (touch.clientX < EDGE_PX || touch.clientX > innerWidth - EDGE_PX) return;
    if (!(event.target instanceof Element) || hasOtherUse(event.target)) return;
    const columns = event.target.closest<HTMLElement>('.columns');
    const column = event.target.closest<HTMLElement>('.column');
    if (columns === null || column === null) return;
    const from = { x: touch.clientX, y: touch.clientY };
    swipe = { columns, column, from, taken: false, x: from.x, at: event.timeStamp, speed: 0 };
  };
  const move = (event: TouchEvent) => {
    const [touch, second] = event.touches;
    if (swipe === undefined || touch === undefined) return;
    if (second !== undefined) return cancel();
    const dx = touch.clientX - swipe.from.x;
    const dy = touch.clientY - swipe.from.y;
    if (!swipe.taken) {
      if (Math.hypot(dx, dy) < STILL_PX) return;
      if (dx < Math.abs(dy) * 1.5 || getSelection()?.isCollapsed === false) return cancel();
      swipe.taken = true;
    }
    const ms = event.timeStamp - swipe.at;
    if (ms > 0) swipe.speed = (touch.clientX - swipe.x) / ms;
    swipe.x = touch.clientX;
    swipe.at = event.timeStamp;
    // Who wants little motion gets none: the swipe counts where it ends.
    if (calm.matches) return;
    swipe.columns.dataset['swiping'] = '';
    swipe.column.style.translate = `${Math.max(0, dx)}px`;
  };
  const end = () => {
    const ended = swipe;
    swipe = undefined;
    if (ended?.taken !== true) return;
    const { column, columns, x, from, speed } = ended;
    const path = back();
    const isEnough = x - from.x > column.clientWidth * ENOUGH || (speed > FLICK_PX_PER_MS && x > from.x);
    const goes = isEnough && path !== undefined;
    if (calm.matches) return goes ? go(path) : undefined;
    const to = goes ? '100%' : '0px';
    void column.animate({ translate: to }, { duration: RETURN_MS, easing: 'ease-out' }).finished.then(() => {
      column.style.translate = to;
      if (goes) go(path);
      // By then the other column is the only one.
      requestAnimationFrame(() => release(columns, column));
    });
  };
  const cancel = () => {
    if (swipe?.taken === true) release(swipe.columns, swipe.column);
    swipe = undefined;
  };
  addEventListener('touchstart', start, { passive: true });
  addEventListener('touchmove', move, { passive: true });
  addEventListener('touchend', end);
  addEventListener('touchcancel', cancel);
  return () => {
    cancel();
    removeEventListener('touchstart', start);
    removeEventListener('touchmove', move);
    removeEventListener('touchend', end);
    removeEventListener('touchcancel', cancel);
  };
}

function release(columns: HTMLElement, column: HTMLElement): void {
  delete columns.dataset['swiping'];
  column.style.translate = '';
}

/** Where a finger that moves sideways already means something: writing, what lies over the page, what scrolls sideways. */
function hasOtherUse(target: Element): boolean {
  if (target.closest('.composer, input, dialog, [popover]') !== null) return true;
  for (let each: Element | null = target; each !== null && !each.matches('.column'); each = each.parentElement) {
    const scrolls = each.scrollWidth > each.clientWidth && /auto|scroll/.test(getComputedStyle(each).overflowX);
    if (scrolls) return true;
  }
  return false;
}
