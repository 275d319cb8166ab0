import { quantile } from '../quantile.ts';
import { atMost, type Scenario } from '../scenario.ts';
import { onStage, type Stage } from './stage.ts';

const TIMES = 15;
const BAR_MS = 300;

/** A browser that was here before: from asking for the page to its newest message on the screen. */
export const warmOpen: Scenario = {
  name: 'web warm open',
  run: ({ of }) =>
    onStage(of(3_000), async (stage) => {
      const own = await open(stage, 'own');
      const inPrivate = await open(stage, 'private');
      return {
        figures: { 'warm open': own, 'warm open, private window': inPrivate },
        bars: [atMost(BAR_MS, 'ms to a readable conversation, median', own.medianMs)],
      };
    }),
};

/** A private window keeps no compiled scripts and has no process waiting: it is what a browser can do worst. */
async function open(stage: Stage, window: 'private' | 'own') {
  const context = await stage.signedIn(window);
  const first = await stage.open(context);
  // All is there when the worker has it, and the device what it keeps of the room.
  await first.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await first.waitForTimeout(2_000);
  await first.close();
  const newest = JSON.stringify(stage.lines.at(-1));
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const page = await context.newPage();
    await page.goto(`${stage.server.url}/rooms/${stage.room.id}`, { waitUntil: 'commit' });
    times.push(await page.evaluate<number>(`watch.readable(${newest})`));
    await page.waitForTimeout(1_000);
    await page.close();
  }
  await context.close();
  times.sort((a, b) => a - b);
  return { times: TIMES, medianMs: quantile(times, 0.5), slowestMs: times.at(-1) };
}
