import { get } from 'node:http';
import type { Page } from 'playwright-core';
import { atMost, type Scenario } from '../scenario.ts';
import { onStage } from './stage.ts';

const BUDGET_KB = 60;

/** The scripts that a browser which was never here asks for until there is something to read, as the wire has them. */
export const firstScreen: Scenario = {
  name: 'web first screen',
  run: ({ of }) =>
    onStage(of(3_000), async (stage) => {
      const signIn = await scriptsOf(await (await stage.fresh()).newPage(), async (page) => {
        await page.goto(stage.server.url);
        await page.waitForSelector('[name=password]');
      });
      const conversation = await scriptsOf(await (await stage.signedIn()).newPage(), async (page) => {
        await page.goto(`${stage.server.url}/rooms/${stage.room.id}`);
        await page.evaluate('watch.atEnd()');
      });
      return {
        figures: { 'sign-in': signIn, 'a conversation': conversation },
        bars: [
          atMost(BUDGET_KB, 'KB gz of JavaScript, sign-in', signIn.zippedKB),
          atMost(BUDGET_KB, 'KB gz of JavaScript, a conversation', conversation.zippedKB),
        ],
      };
    }),
};

async function scriptsOf(
  page: Page,
  open: (page: Page) => Promise<void>,
): Promise<{ files: number; zippedKB: number }> {
  const urls: string[] = [];
  let isOver = false;
  page.on('request', (request) => {
    // What is fetched for later comes when all is there.
    if (!isOver && request.resourceType() === 'script') urls.push(request.url());
  });
  await open(page);
  isOver = true;
  await page.context().close();
  const sizes = await Promise.all(urls.map(zippedBytes));
  return { files: urls.length, zippedKB: sizes.reduce((sum, size) => sum + size, 0) / 1_024 };
}

/** Not `fetch`: it does not tell how many bytes came. */
function zippedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
