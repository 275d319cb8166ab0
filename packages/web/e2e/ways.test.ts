import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
let owner: Person;
let room: Room;
let page: Page;
let errors: readonly string[];
before(async () => {
  stage = await play();
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  const direct = await owner.post<Room>('/rooms', { kind: 'direct', members: [ada.id] });
  await owner.say(room.id, 'The tide is out');
  await owner.say(direct.id, 'For you alone');
  ({ page, errors } = await stage.open());
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
});
after(async () => stage.end());

const focused = () =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element?.getAttribute('role') ?? element?.tagName.toLowerCase();
  });

test('the way back from the settings leads to where one was', async () => {
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'The tide is out').waitFor();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Privacy' }).click();
  await page.getByRole('link', { name: 'Back' }).last().click();
  await messageWith(page, 'The tide is out').waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${room.id}`);
});

test('a panel that is closed is not on the way back', async () => {
  await page.goto(`${stage.server.url}/explore`);
  await page.getByRole('link', { name: /^Harbour/ }).click();
  await messageWith(page, 'The tide is out').waitFor();
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('heading', { name: 'Members' }).waitFor();
  await page.getByRole('link', { name: 'Close' }).click();
  await page.getByRole('heading', { name: 'Members' }).waitFor({ state: 'detached' });
  await page.goBack();
  await page.waitForURL(`${stage.server.url}/explore`);
});

test('another language leaves the focus where it is', async () => {
  await page.goto(`${stage.server.url}/settings/look`);
  await page.getByRole('radio', { name: '中文' }).check();
  await page.getByRole('heading', { name: '设置' }).waitFor();
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type), 'radio');
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
});

test('where something is to be filled in, that has the keys', async () => {
  for (const [at, role] of [
    ['/new/direct', 'combobox'],
    ['/new/room', 'input'],
    ['/explore', 'input'],
  ] as const) {
    await page.goto(stage.server.url + at);
    await page.locator('.page-body input').first().waitFor();
    assert.equal(await focused(), role, at);
  }
});

test('a wrong current password is called that, and leaves one signed in', async () => {
  await page.goto(`${stage.server.url}/settings/password`);
  await page.getByLabel('Current password').fill('not-the-one-there-is');
  await page.getByLabel('New password').fill('another-long-one-42');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your current password.').waitFor();
});

test('the switcher shows who one talks with once, and signs out', async () => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('林美');
  await page.getByRole('option').first().waitFor();
  assert.equal(await page.getByRole('option', { name: '林美' }).filter({ hasNotText: 'Find' }).count(), 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.locator('[name=username]').waitFor();
  assert.deepEqual(errors, []);
});
