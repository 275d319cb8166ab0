import type { FrameTimes, KeyTimes, Watch } from './watch.ts';

declare global {
  interface Window {
    watch: Watch;
  }
}

/** Runs in the page before anything of its own; must not use anything from outside itself. */
export function watchPage(): void {
  /** Calls when the frame that is being made has been painted. */
  const afterPaint = (act: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      act();
    };
    port2.postMessage(undefined);
  };
  /** Looks after each frame, until it says that it has seen enough. */
  const eachFrame = (look: (frame: number, began: number) => boolean): void => {
    let goesOn = true;
    const tick = (frame: number) => {
      if (!goesOn) return;
      // The first to be called in the next frame.
      requestAnimationFrame(tick);
      const began = performance.now();
      afterPaint(() => {
        goesOn &&= look(frame, began);
      });
    };
    requestAnimationFrame(tick);
  };
  /** After the first frame that is so. */
  const when = (is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      eachFrame(() => {
        const isSo = is();
        if (isSo) resolve();
        return !isSo;
      });
    });
  const shows = (text: string): boolean => {
    const list = document.querySelector('.timeline')?.getBoundingClientRect();
    if (list === undefined) return false;
    const rows = [...document.querySelectorAll<HTMLElement>('.timeline ol > *')].slice(-30);
    return rows.some((row) => {
      const box = row.getBoundingClientRect();
      const isInSight = box.bottom > list.top && box.top < list.bottom && row.style.visibility !== 'hidden';
      return isInSight && (row.textContent ?? '').includes(text);
    });
  };
  const blankPixels = (): number => {
    const list = document.querySelector('.timeline')?.getBoundingClientRect();
    const all = document.querySelector('.timeline ol')?.getBoundingClientRect();
    if (list === undefined || all === undefined) return 0;
    const [from, to] = [Math.max(list.top, all.top), Math.min(list.bottom, all.bottom)];
    const rows = [...document.querySelectorAll<HTMLElement>('.timeline ol > *')]
      .filter((row) => row.style.visibility !== 'hidden')
      .map((row) => row.getBoundingClientRect())
      .filter((box) => box.bottom > from && box.top < to)
      .sort((a, b) => a.top - b.top);
    // Millions of pixels down the browser's own places are true to half a pixel.
    const missing = (px: number) => (px > 1 ? px : 0);
    let blank = 0;
    let covered = from;
    for (const box of rows) {
      blank += missing(box.top - covered);
      covered = Math.max(covered, box.bottom);
    }
    return blank + missing(to - covered);
  };

  let frames: { -readonly [Name in keyof FrameTimes]: FrameTimes[Name][number][] } | undefined;
  const longFrames = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) frames?.long.push(duration);
  });

  let key: Promise<KeyTimes> | undefined;

  const scroller = () => document.querySelector('.timeline');
  const height = () => scroller()?.scrollHeight ?? 0;
  const isAtEnd = () => {
    const list = scroller();
    const isThere = list !== null && document.querySelector('.timeline .message') !== null;
    return isThere && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
  };

  window.watch = {
    isAtEnd,
    atEnd: () => when(isAtEnd),
    older() {
      const before = height();
      scroller()?.scrollTo(0, 0);
      return when(() => height() > before);
    },
    goTo: (part) => scroller()?.scrollTo(0, part * height()),
    at: () => scroller()?.scrollTop ?? 0,
    async readable(text) {
      await when(() => shows(text));
      return performance.now();
    },
    begin() {
      const taken: typeof frames = { intervals: [], work: [], long: [], blank: [] };
      frames = taken;
      longFrames.observe({ type: 'long-animation-frame' });
      let before: number | undefined;
      eachFrame((frame, began) => {
        if (frames !== taken) return false;
        if (before !== undefined) taken.intervals.push(frame - before);
        before = frame;
        taken.work.push(performance.now() - began);
        taken.blank.push(blankPixels());
        return true;
      });
    },
    end() {
      const taken = frames ?? { intervals: [], work: [], long: [], blank: [] };
      frames = undefined;
      longFrames.disconnect();
      return taken;
    },
    key(text) {
      key = new Promise((resolve) => {
        const pressed = (event: KeyboardEvent) => {
          if (event.key !== 'Enter') return;
          removeEventListener('keydown', pressed, { capture: true });
          const began = performance.now();
          let work = 0;
          addEventListener('keydown', () => (work += performance.now() - began), { once: true });
          let count = 0;
          eachFrame((_, frameBegan) => {
            count += 1;
            const now = performance.now();
            work += now - frameBegan;
            const is = shows(text);
            if (is) resolve({ frames: count, ms: now - event.timeStamp, workMs: work });
            return !is;
          });
        };
        addEventListener('keydown', pressed, { capture: true });
      });
    },
    keyTimes: () => key ?? Promise.reject(new Error('no key is watched')),
  };
}
