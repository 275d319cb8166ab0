import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

/** Bytes, gzipped, of all JavaScript that the first screen needs. */
const BUDGET = 60 * 1024;
const DIST = join(import.meta.dirname, '../dist');

let stage: Play;
before(async () => {
  stage = await play();
});
after(async () => stage.end());

/** The scripts a page asks for until it stands still, with their gzipped sizes. */
async function scriptsOf(page: Page, go: () => Promise<void>, stands: string): Promise<Map<string, number>> {
  const names: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/') && pathname.endsWith('.js')) names.push(pathname);
  });
  await go();
  await page.waitForSelector(stands);
  // What is fetched after the first screen, in the quiet after it, is not of it.
  const first = [...new Set(names)];
  return new Map(
    await Promise.all(
      first.map(
        async (name) =>
          [name, (await stat(join(DIST, `${name}.gz`)).catch(() => stat(join(DIST, name)))).size] as const,
      ),
    ),
  );
}

const total = (sizes: Map<string, number>) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

test('the sign-in page and an open conversation need at most 60 KB of JavaScript', async (context) => {
  const owner = await stage.server.owner({ username: 'mei' });
  const room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General' });
  await owner.say(room.id, 'Here');
  const window = await stage.browser.newContext({ locale: 'en', serviceWorkers: 'block' });
  const outside = await scriptsOf(await window.newPage(), async () => {}, 'html');
  assert.equal(outside.size, 0);
  const page = await window.newPage();
  const signIn = await scriptsOf(page, async () => void (await page.goto(stage.server.url)), '.gate form');
  context.diagnostic(`sign-in: ${total(signIn)} bytes in ${signIn.size} files`);
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await page.close();
  const inside = await window.newPage();
  const conversation = await scriptsOf(
    inside,
    async () => void (await inside.goto(`${stage.server.url}/rooms/${room.id}`)),
    '.message',
  );
  context.diagnostic(`conversation: ${total(conversation)} bytes in ${conversation.size} files`);
  for (const [name, size] of conversation) context.diagnostic(`${size} ${name}`);
  assert.ok(signIn.size > 0 && conversation.size > 0);
  assert.ok(total(signIn) <= BUDGET, `${total(signIn)} bytes`);
  assert.ok(total(conversation) <= BUDGET, `${total(conversation)} bytes`);
  await window.close();
});
