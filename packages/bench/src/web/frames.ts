import { quantile } from '../quantile.ts';
import type { FrameTimes } from './watch.ts';

/** So much may come between two refreshes of one clock. */
const SLACK_MS = 1;

/** Frames as one looks at them: how many, how even, how much work. */
export interface FrameFigures {
  readonly frames: number;
  readonly longestMs: number;
  /** Per cent of all. */
  readonly over16: number;
  readonly over50: number;
  /** What the browser calls long animation frames: the page's own doing took over 50 ms. */
  readonly longOwn: number;
  readonly workP50Ms: number;
  readonly workP99Ms: number;
  readonly workMostMs: number;
  /** Frames in which a part of the list showed nothing. */
  readonly blank: number;
}

export function framesOf({ intervals, work, long, blank }: FrameTimes): FrameFigures {
  if (intervals.length === 0) throw new Error('no frame was seen');
  const over = (ms: number) => (100 * intervals.filter((each) => each > ms + SLACK_MS).length) / intervals.length;
  const sorted = work.toSorted((a, b) => a - b);
  return {
    frames: intervals.length,
    longestMs: Math.max(...intervals),
    over16: over(16.7),
    over50: over(50),
    longOwn: long.length,
    workP50Ms: quantile(sorted, 0.5),
    workP99Ms: quantile(sorted, 0.99),
    workMostMs: sorted.at(-1) ?? Number.NaN,
    blank: blank.filter((px) => px > 1).length,
  };
}
