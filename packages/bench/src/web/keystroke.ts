import { quantile } from '../quantile.ts';
import { atLeast, atMost, type Scenario } from '../scenario.ts';
import { load } from './load.ts';
import { onStage } from './stage.ts';
import type { KeyTimes } from './watch.ts';

const LOADED = 10_000;
const TIMES = 40;
const FRAME_MS = 16.7;

/** From Enter to one's own message on the screen, with 10,000 messages loaded. */
export const keystroke: Scenario = {
  name: 'web keystroke',
  run: ({ of }) =>
    onStage(of(LOADED), async (stage) => {
      const page = await stage.open(await stage.signedIn());
      const loaded = await load(page, of(LOADED));
      await page.evaluate('watch.goTo(1)');
      const composer = page.locator('.composer textarea');
      const all: KeyTimes[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const text = `Own message ${time} of many`;
        await composer.fill(text);
        // Not in step with the screen's own clock.
        await page.waitForTimeout(100 + ((time * 37) % 160));
        await page.evaluate(`watch.key(${JSON.stringify(text)})`);
        await composer.press('Enter');
        all.push(await page.evaluate<KeyTimes>('watch.keyTimes()'));
      }
      const sorted = (pick: (each: KeyTimes) => number) => all.map(pick).toSorted((a, b) => a - b);
      const work = sorted(({ workMs }) => workMs);
      const whole = sorted(({ ms }) => ms);
      const frames = Math.max(...all.map((each) => each.frames));
      const workP95Ms = quantile(work, 0.95);
      return {
        figures: {
          'own message': {
            ...{ loaded, times: TIMES, frames },
            ...{ workP50Ms: quantile(work, 0.5), workP95Ms, workMostMs: work.at(-1) },
            ...{ withWaitP50Ms: quantile(whole, 0.5), withWaitMostMs: whole.at(-1) },
          },
        },
        bars: [
          atLeast(LOADED, 'messages loaded', loaded),
          atMost(1, 'frames from the key until it is there, most', frames),
          atMost(FRAME_MS, 'ms of work for it, 95th of 100', workP95Ms),
        ],
      };
    }),
};
