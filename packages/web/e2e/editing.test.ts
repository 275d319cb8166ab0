import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, pressTools, say, signInOn } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

const WRITTEN = 'half an hour of careful words';
let stage: Play;
let owner: Person;
let room: Room;
before(async () => {
  stage = await play(UNPACED);
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  for (let at = 0; at < 120; at += 1) await owner.say(room.id, `Line ${at} of a long conversation`);
});
after(async () => stage.end());

const overList = async (page: Page) => {
  const list = await page.locator('.timeline').boundingBox();
  await page.mouse.move((list?.x ?? 0) + 200, (list?.y ?? 0) + 200);
};
/** Somebody who has said something and is changing it. */
async function whoEdits(text: string) {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await page.locator('.message').last().waitFor();
  await say(page, text);
  await page.locator('.message:not(:has(.message-pending))', { hasText: text }).waitFor();
  await page.locator('.composer textarea').press('ArrowUp');
  const box = page.locator('.edit-box textarea');
  await box.fill(WRITTEN);
  return { page, context, box };
}

test('what is written in place of a message outlives that one looks elsewhere', async () => {
  const { page, context, box } = await whoEdits('Said, and to be changed');
  await overList(page);
  await page.mouse.wheel(0, -3_000);
  await page.locator('.to-end').waitFor();
  await page.mouse.wheel(0, 6_000);
  await page.locator('.to-end').waitFor({ state: 'detached' });
  assert.equal(await box.inputValue(), WRITTEN);
  await box.press('Enter');
  await messageWith(page, WRITTEN).waitFor();
  await context.close();
});

test('what is written in place of a message outlives what others say meanwhile, and keeps the keys', async () => {
  const { page, context, box } = await whoEdits('Another, to be changed too');
  for (let at = 0; at < 60; at += 1) await owner.say(room.id, `Meanwhile ${at}`);
  await messageWith(page, 'Meanwhile 59').waitFor();
  assert.equal(await box.inputValue(), WRITTEN);
  assert.ok(await box.evaluate((element) => element === document.activeElement));
  await page.keyboard.type('!');
  await box.press('Escape');
  await box.waitFor({ state: 'detached' });
  await context.close();
});

test('what is written in place of a message outlives another room and a reload, and not its being saved', async () => {
  const { page, context, box } = await whoEdits('Changed in two goes');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Privacy' }).waitFor();
  await page.getByRole('link', { name: 'Back' }).last().click();
  assert.equal(await box.inputValue(), WRITTEN);
  await box.press('End');
  await page.keyboard.type(', and more');
  await page.reload();
  assert.equal(await box.inputValue(), `${WRITTEN}, and more`);
  await box.press('Enter');
  await messageWith(page, `${WRITTEN}, and more`).waitFor();
  await page.reload();
  await messageWith(page, `${WRITTEN}, and more`).waitFor();
  assert.equal(await box.count(), 0);
  await context.close();
});

test('an edit that was emptied is not saved, and says what else one may want', async () => {
  const { page, context, box } = await whoEdits('Not to be emptied');
  await box.fill('');
  await box.press('Enter');
  await page.getByText('Nothing to save').waitFor();
  assert.ok(await box.isVisible());
  await box.press('Escape');
  await messageWith(page, 'Not to be emptied').waitFor();
  await context.close();
});

test('keys that are everybody’s are so while one changes a message, and what is typed then goes where it shows', async () => {
  const { page, context, box } = await whoEdits('A third, to be changed');
  await box.press('Control+k');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.type('zhoubao');
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  assert.equal(await box.inputValue(), WRITTEN);
  await context.close();
});

test('the tools of a message go when it has been changed and nobody points at it', async () => {
  const { page, context, box } = await whoEdits('A fourth, to be changed');
  await box.press('Escape');
  await box.waitFor({ state: 'detached' });
  const row = messageWith(page, 'A fourth, to be changed').last();
  await pressTools(row);
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await box.waitFor();
  await page.mouse.move(2, 2);
  await box.press('Escape');
  await box.waitFor({ state: 'detached' });
  await page.locator('.message-tools').waitFor({ state: 'detached' });
  assert.ok(await page.locator('.composer textarea').evaluate((element) => element === document.activeElement));
  await context.close();
});

test('the messages are reached by keyboard after one of them was deleted for oneself', async () => {
  const { page, context, box } = await whoEdits('A fifth, to be deleted for oneself');
  await box.press('Escape');
  const row = messageWith(page, 'A fifth, to be deleted').last();
  await row.focus();
  await row.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete for me' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click();
  await row.waitFor({ state: 'detached' });
  // Who moves by keys goes on from the one beside it.
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.message') === true));
  const reached = page.locator('.message[tabindex="0"]');
  assert.equal(await reached.count(), 1);
  await page.locator('.composer textarea').focus();
  await page.keyboard.press('Shift+Tab');
  assert.ok(
    await reached.evaluate((element) => element === document.activeElement || element.contains(document.activeElement)),
  );
  await context.close();
});
