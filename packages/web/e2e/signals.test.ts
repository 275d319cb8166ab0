import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { say } from './eyes.ts';
import { type Play, type Seat, play } from './scene-of-two.ts';

let stage: Play;
let mei: Seat;
let ada: Seat;
before(async () => {
  stage = await play({ LIMIT_PRESENCE_EVERY_SECONDS: '1' });
  await stage.server.owner({ username: 'owner' });
  mei = await stage.seat('mei', '林美', { locale: 'zh-CN' });
  ada = await stage.seat('ada', 'Ada Whitfield');
});
after(() => stage.end());

test('a direct conversation says who is here and who is writing, and nothing moves', async () => {
  await ada.page.goto(`${stage.server.url}/new/direct`);
  await ada.page.getByRole('combobox').fill('mei');
  await ada.page.getByRole('option').first().click();
  await ada.page.getByRole('button', { name: 'Start talking' }).click();
  await ada.page.locator('.room-bar-detail', { hasText: 'Online' }).waitFor();
  await ada.page.locator('.room-row .avatar-dot-full').waitFor();
  await say(ada.page, 'Hello 林美');
  await mei.page.locator('.room-row', { hasText: 'Ada Whitfield' }).click();
  await mei.page.locator('.room-bar-detail', { hasText: '在线' }).waitFor();
  const box = mei.page.locator('.composer-box');
  const before = await box.boundingBox();
  await ada.page.locator('.composer textarea').pressSequentially('How are');
  await mei.page.locator('.typing-line', { hasText: 'Ada Whitfield 正在输入' }).waitFor();
  assert.deepEqual(await box.boundingBox(), before);
  await ada.page.keyboard.press('Enter');
  await mei.page.locator('.typing-line:empty').waitFor({ state: 'attached' });
  assert.deepEqual(await box.boundingBox(), before);
});

test('who hides it is nowhere seen to be here; who leaves was last seen then', async () => {
  const detail = ada.page.locator('.room-bar-detail');
  await mei.page.goto(`${stage.server.url}/settings/privacy`);
  await mei.page.getByRole('switch', { name: '隐藏在线状态' }).click();
  await detail.filter({ hasText: 'Direct conversation' }).waitFor();
  await ada.page.locator('.room-row .avatar-dot').waitFor({ state: 'detached' });
  await mei.page.getByRole('switch', { name: '隐藏在线状态' }).click();
  await detail.filter({ hasText: 'Online' }).waitFor();
  await mei.page.close();
  await detail.filter({ hasText: /Last seen: \d/ }).waitFor();
  assert.deepEqual([...ada.errors, ...mei.errors], []);
});
