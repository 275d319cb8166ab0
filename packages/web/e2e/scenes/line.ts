import { until } from '@rill/harness';
import { lineOf, messageWith, say } from '../eyes.ts';
import { inRoom, type Scene } from './scene.ts';

const LATE = '地铁里没有信号，先写下来。';

/** How things stand with the network, the server and this very program. */
export const LINE: readonly Scene[] = [
  {
    name: 'offline',
    who: 'owner',
    go: async (page, stage) => {
      const cutLine = await lineOf(page);
      await inRoom('general')(page, stage);
      await cutLine();
      await say(page, LATE);
      await page.waitForSelector('.banner-caution');
      await page.waitForSelector('.message-sign');
    },
  },
  {
    name: 'server-lost',
    who: 'owner',
    go: async (page, stage) => {
      const lines: { close(): Promise<void> }[] = [];
      await page.routeWebSocket(/\/api\/v1\/live$/, (line) => {
        if (lines.length > 0) return void line.close();
        line.connectToServer();
        lines.push(line);
      });
      await inRoom('general')(page, stage);
      await until('the line is there', () => lines.length > 0);
      await page.route('**/api/**', (route) => route.abort());
      await Promise.all(lines.map((line) => line.close()));
      await page.waitForSelector('.banner .button');
    },
  },
  {
    // Written while offline; the room was archived before it could be sent.
    name: 'message-failed',
    who: 'owner',
    go: async (page, stage) => {
      const { id } = stage.rooms.doomed;
      await stage.owner.patch(`/rooms/${id}`, { archived: false });
      const cutLine = await lineOf(page);
      await inRoom('doomed')(page, stage);
      // What the browser kept of it says that it is archived.
      await page.waitForSelector('.composer textarea');
      await cutLine();
      await say(page, LATE);
      await messageWith(page, LATE).waitFor();
      await stage.owner.patch(`/rooms/${id}`, { archived: true });
      await page.context().setOffline(false);
      await page.waitForSelector('.message-failed');
    },
  },
  {
    name: 'update',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      // Another address of the same program is another version of it.
      await page.evaluate(() => void navigator.serviceWorker.register(`/service-worker.js?${Date.now()}`));
      await page.waitForSelector('.toast');
    },
  },
];
