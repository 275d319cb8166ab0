import { atMost, type Scenario } from '../scenario.ts';
import { framesOf } from './frames.ts';
import { onStage } from './stage.ts';
import type { FrameTimes } from './watch.ts';

const PER_SECOND = 200;

/** Many messages a second into the room that is on the screen. */
export const burst: Scenario = {
  name: 'web burst',
  run: ({ seconds, of }) =>
    onStage(of(3_000), async (stage) => {
      const page = await stage.open(await stage.signedIn());
      // What is fetched for later is not what is measured.
      await page.waitForTimeout(3_000);
      await page.evaluate('watch.begin()');
      const last = await stage.talk(PER_SECOND * seconds, PER_SECOND);
      const times = await page.evaluate<FrameTimes>('watch.end()');
      await page.evaluate(`watch.readable(${JSON.stringify(last)})`);
      const figures = framesOf(times);
      return {
        figures: { [`${PER_SECOND}/s`]: figures },
        bars: [
          atMost(0, `frames over 50 ms, %`, figures.over50),
          atMost(50, 'ms of work in a frame, most', figures.workMostMs),
          atMost(0, 'frames with a blank row', figures.blank),
        ],
      };
    }),
};
