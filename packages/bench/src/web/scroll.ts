import type { Page } from 'playwright-core';
import { atLeast, atMost, type Bar, type Scenario } from '../scenario.ts';
import { type FrameFigures, framesOf } from './frames.ts';
import { load } from './load.ts';
import { onStage } from './stage.ts';
import type { FrameTimes } from './watch.ts';

const LOADED = 100_000;
/** Pixels a second: a wheel turned without haste, and a hard flick. */
const SPEEDS = { wheel: 3_000, flick: 12_000 };
const PLACES = [0.99, 0.5, 0.02];

/** Through 100,000 loaded messages, in several places, at two speeds, by the browser's own gestures. */
export const scroll: Scenario = {
  name: 'web scroll',
  run: ({ seconds, of }) =>
    onStage(of(LOADED), async (stage) => {
      const page = await stage.open(await stage.signedIn());
      const loaded = await load(page, of(LOADED));
      const figures: Record<string, FrameFigures> = {};
      const bars: Bar[] = [atLeast(LOADED, 'messages loaded', loaded)];
      for (const [name, speed] of Object.entries(SPEEDS)) {
        const all: FrameTimes[] = [];
        for (const place of PLACES) all.push(await gesture(page, place, speed, (speed * seconds) / 5));
        const each = framesOf({
          intervals: all.flatMap(({ intervals }) => intervals),
          work: all.flatMap(({ work }) => work),
          long: all.flatMap(({ long }) => long),
          blank: all.flatMap(({ blank }) => blank),
        });
        figures[name] = each;
        bars.push(
          atMost(1, `${name}: frames over 16 ms, %`, each.over16),
          atMost(0, `${name}: frames with a blank row`, each.blank),
        );
      }
      return { figures, bars };
    }),
};

/** There and back. */
async function gesture(page: Page, place: number, speed: number, distance: number): Promise<FrameTimes> {
  await page.evaluate(`watch.goTo(${place})`);
  await page.waitForTimeout(500);
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate('watch.begin()');
  for (const yDistance of [distance, -distance]) {
    const before = await page.evaluate<number>('watch.at()');
    await devtools.send('Input.synthesizeScrollGesture', {
      x: 800,
      y: 450,
      yDistance,
      speed,
      gestureSourceType: 'mouse',
    });
    const moved = Math.abs((await page.evaluate<number>('watch.at()')) - before);
    if (moved < distance / 2) throw new Error(`it moved by ${moved} px instead of ${distance}`);
  }
  const times = await page.evaluate<FrameTimes>('watch.end()');
  await devtools.detach();
  return times;
}
