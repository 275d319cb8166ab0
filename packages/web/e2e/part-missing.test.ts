import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import { lineOf, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  await owner.post('/rooms', { kind: 'open', name: 'Harbour' });
});
after(async () => stage.end());

test('a part that did not come says so, and comes when it is tried again: nothing that was written is lost', async () => {
  const { page, context } = await stage.open();
  // The first visit: nothing is kept in the browser yet.
  await page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await context.route('**/assets/explore-*', (route) => route.abort());
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await page.getByRole('link', { name: 'Harbour' }).click();
  await say(page, 'Said before');
  const composer = page.locator('.composer textarea');
  await composer.fill('Half a sentence');
  await page.getByRole('button', { name: /^New/ }).click();
  await page.getByRole('menuitem', { name: 'Find open rooms' }).click();
  const missing = page.getByRole('heading', { name: 'This part could not be loaded' });
  await missing.waitFor();

  await page.getByRole('button', { name: 'Try again' }).click();
  await missing.waitFor();
  await context.unroute('**/assets/explore-*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Open rooms' }).waitFor();
  assert.equal(await missing.count(), 0);
  await page.getByRole('link', { name: 'Harbour' }).first().click();
  await page.locator('.message', { hasText: 'Said before' }).waitFor();
  assert.equal(await composer.inputValue(), 'Half a sentence');
  await context.close();
});

test('who is offline is told so, though what tells it did not come at first', async () => {
  const { page, context } = await stage.open();
  const cut = await lineOf(page);
  await page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  let asked = 0;
  await context.route('**/assets/lines-*', async (route) => {
    asked += 1;
    await (asked === 1 ? route.abort() : route.continue());
  });
  const came = page.waitForResponse(/assets\/lines-/);
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await came;
  assert.equal(asked, 2);
  await cut();
  await page.getByText('You are offline', { exact: false }).waitFor();
  await context.close();
});

test('what is typed for a switcher that is still on its way is not sent as a message', async () => {
  const { page, context } = await stage.open();
  await page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  let come = () => {};
  const held = new Promise<void>((resolve) => (come = resolve));
  await context.route('**/assets/switcher-*', async (route) => {
    await held;
    await route.continue();
  });
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await page.getByRole('link', { name: 'Harbour' }).click();
  const composer = page.locator('.composer textarea');
  await composer.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Harb');
  await page.keyboard.press('Enter');
  assert.equal(await composer.inputValue(), '');
  await page.keyboard.press('Escape');
  await page.keyboard.type('Here again');
  assert.equal(await composer.inputValue(), 'Here again');
  await composer.fill('');
  await page.keyboard.press('Control+k');
  come();
  await page.getByRole('combobox', { name: 'Go to' }).waitFor();
  assert.equal(await page.locator('.message', { hasText: 'Harb' }).count(), 0);
  await context.close();
});
