import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD, until } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

const WRITTEN = 'half an hour of careful words';
let stage: Play;
let owner: Person;
let ada: Person;
let room: Room;
before(async () => {
  stage = await play({
    LIMIT_SENDS_PER_SECOND: '1000',
    LIMIT_SEND_BURST: '10000',
    LIMIT_ROOM_SENDS_PER_SECOND: '10000',
  });
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  for (let at = 0; at < 120; at += 1) await owner.say(room.id, `Line ${at} of a long conversation`);
});
after(async () => stage.end());

const unread = async () => {
  const { rooms } = await ada.get<{ rooms: Room[] }>('/rooms');
  return rooms.find(({ id }) => id === room.id)?.unread;
};
const overList = async (page: Page) => {
  const list = await page.locator('.timeline').boundingBox();
  await page.mouse.move((list?.x ?? 0) + 200, (list?.y ?? 0) + 200);
};
/** Somebody who has said something and is changing it. */
async function whoEdits(text: string) {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Line 119').waitFor();
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

test('P10 on a phone, what comes while a panel stands in place of the conversation is read when that is there again', async () => {
  const { seq } = await owner.say(room.id, 'Before the panel');
  await ada.put(`/rooms/${room.id}/read`, { seq: seq - 1 });
  const { page, context } = await stage.open({ size: 'phone' });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Before the panel').waitFor();
  await until('all is read', async () => (await unread()) === 0);
  await page.locator('.bar a[href$="/members"]').click();
  await page.locator('.aside').waitFor();
  await owner.say(room.id, 'Who sees this?');
  await owner.say(room.id, 'And this?');
  await page.locator('.message', { hasText: 'And this?' }).waitFor({ state: 'attached' });
  // Longer than a mark waits.
  await page.waitForTimeout(1_200);
  assert.equal(await unread(), 2);
  await page.goBack();
  await messageWith(page, 'And this?').waitFor();
  await until('it is read', async () => (await unread()) === 0);
  await context.close();
});

test('what was sought is not shown to who signs in next', async () => {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}/find`);
  const field = page.locator('.aside input[type=search]');
  await field.fill('nobody else shall read this');
  const { sessions } = await ada.get<{ sessions: { id: string; current: boolean }[] }>('/sessions');
  for (const each of sessions) if (!each.current) await ada.delete(`/sessions/${each.id}`);
  await page.locator('[name=username]').fill('mei');
  await page.locator('[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  // Without another page: that one would know nothing of it anyway.
  await page.locator('.side-me bdi', { hasText: '林美' }).waitFor();
  await page.getByRole('link', { name: /^Harbour/ }).click();
  await page.locator('.bar a[href$="/find"]').click();
  assert.equal(await field.inputValue(), '');
  await context.close();
});
