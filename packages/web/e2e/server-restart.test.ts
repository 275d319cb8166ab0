import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, PASSWORD, register, type ServerProcess, startServerProcess } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Browser, Page } from 'playwright-core';
import { look, messageWith, say, signInOn, watchErrors } from './eyes.ts';

let server: ServerProcess;
let browser: Browser;
let room: Room;
before(async () => {
  server = await startServerProcess({ env: { NAME: 'Riverside', LOG_LEVEL: 'error' } });
  browser = await launchBrowser();
  const owner = await register(server.url, { username: 'mei', displayName: '林美', code: server.ownerCode });
  const ada = await register(server.url, { username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function sit(username: string): Promise<{ page: Page; errors: string[] }> {
  const context = await look(browser, { size: 'desk', theme: 'light', locale: 'en' });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await signInOn(page, server.url, username, PASSWORD);
  await page.goto(`${server.url}/rooms/${room.id}`);
  await page.locator('.composer textarea').waitFor();
  return { page, errors };
}

const textsOf = (page: Page) => page.locator('.message-text').allTextContents();

test('P1 P2 P3 the server is killed and started again in the middle of a conversation: both go on, in one order', async () => {
  const mei = await sit('mei');
  const ada = await sit('ada');
  await say(mei.page, 'Before, from 林美');
  await messageWith(ada.page, 'Before, from 林美').waitFor();
  await say(ada.page, 'Before, from Ada');
  await messageWith(mei.page, 'Before, from Ada').waitFor();

  await server.kill();
  await say(ada.page, 'While it was away, one');
  await say(mei.page, '它不在的时候');
  await say(ada.page, 'While it was away, two');
  await mei.page
    .getByRole('status')
    .getByText(/No connection|Connecting/)
    .first()
    .waitFor();
  assert.deepEqual(await textsOf(ada.page), [
    'Before, from 林美',
    'Before, from Ada',
    'While it was away, one',
    'While it was away, two',
  ]);
  assert.equal(await ada.page.locator('.composer textarea').inputValue(), '');

  await server.restart();
  for (const each of [mei.page, ada.page]) {
    await messageWith(each, 'While it was away, two').waitFor();
    await messageWith(each, '它不在的时候').waitFor();
    await each.locator('.message-sign').first().waitFor({ state: 'detached' });
    await each.locator('.banner').waitFor({ state: 'detached' });
  }
  await say(mei.page, 'After, from 林美');
  await messageWith(ada.page, 'After, from 林美').waitFor();
  await say(ada.page, 'After, from Ada');
  await messageWith(mei.page, 'After, from Ada').waitFor();

  const told = await textsOf(mei.page);
  assert.deepEqual(await textsOf(ada.page), told, 'both see one order');
  assert.equal(new Set(told).size, told.length, 'nothing is there twice');
  assert.equal(told.length, 7);
  assert.ok(told.indexOf('While it was away, one') < told.indexOf('While it was away, two'));
  await ada.page.reload();
  await messageWith(ada.page, 'After, from Ada').waitFor();
  assert.deepEqual(await textsOf(ada.page), told, 'and so it is kept');
});
