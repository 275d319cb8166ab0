import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD, until } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { messageWith, signInOn, watched } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

let stage: Play;
let owner: Person;
let ada: Person;
let room: Room;
before(async () => {
  stage = await play(UNPACED);
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  for (let at = 0; at < 30; at += 1) await owner.say(room.id, `Line ${at} of a long conversation`);
});
after(async () => stage.end());

const unread = async () => {
  const { rooms } = await ada.get<{ rooms: Room[] }>('/rooms');
  return rooms.find(({ id }) => id === room.id)?.unread;
};
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
  const other = await owner.post<Room>('/rooms', { kind: 'open', name: 'Pier', members: [ada.id] });
  await owner.say(other.id, 'Not read yet');
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}/find`);
  await watched(page);
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
