import type { CDPSession } from 'playwright-core';
import { atMost, type Scenario } from '../scenario.ts';
import { onStage } from './stage.ts';

/** An hour of a room in which somebody says something every second, in less time. */
const HOUR = 3_600;
const PER_SECOND = 200;

/** What an hour of messages leaves in memory: what is said, and what shows it. */
export const memory: Scenario = {
  name: 'web memory',
  run: ({ of }) =>
    onStage(of(3_000), async (stage) => {
      const context = await stage.signedIn();
      const page = await stage.open(context);
      await page.waitForTimeout(3_000);
      const devtools = await context.newCDPSession(page);
      const before = await weigh(devtools);
      const said = of(HOUR);
      const last = await stage.talk(said, PER_SECOND);
      await page.evaluate(`watch.readable(${JSON.stringify(last)})`);
      await page.waitForTimeout(2_000);
      const after = await weigh(devtools);
      const bytesEach = (after.heapMiB - before.heapMiB) * (2 ** 20 / said);
      return {
        figures: { before, [`after ${said} messages`]: after },
        bars: [
          atMost(2_048, 'bytes of heap a message', bytesEach),
          atMost(1.5, 'DOM nodes, of those before', after.nodes / before.nodes),
        ],
      };
    }),
};

async function weigh(devtools: CDPSession): Promise<{ heapMiB: number; nodes: number }> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  return { heapMiB: usedSize / 2 ** 20, nodes };
}
