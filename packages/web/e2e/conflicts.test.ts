import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person, signIn } from '@rill/harness';
import type { Message, Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { lineOf, messageKept, messageWith, pressTools, programKept, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let shift = 0;
let stage: Play;
let owner: Person;
let ada: Person;
before(async () => {
  stage = await play({}, { now: () => Date.now() + shift });
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const made = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  ada = await signIn(stage.server.url, made.username);
});
after(async () => stage.end());

/** A room with a message of ada's in it, open on her screen; the line in hand. */
async function scene(name: string, text: string, locale: 'en' | 'zh-CN' = 'en') {
  const room = await owner.post<Room>('/rooms', { kind: 'open', name, members: [ada.id] });
  const message = await ada.say(room.id, text);
  const { page, context, errors } = await stage.open({ locale });
  const cut = await lineOf(page);
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, text).waitFor();
  await messageKept(page, text);
  await programKept(page);
  await messageWith(page, text).waitFor();
  const end = async () => {
    assert.deepEqual(errors, []);
    await context.close();
  };
  return { room, message, page, cut, back: () => context.setOffline(false), end };
}

async function choose(page: Page, text: string, item: string | RegExp): Promise<void> {
  const row = messageWith(page, text);
  await pressTools(row);
  await page.getByRole('menuitem', { name: item }).click();
}

async function edit(page: Page, text: string, to: string): Promise<void> {
  await choose(page, text, 'Edit');
  await page.getByLabel('Edit message').fill(to);
  await page.keyboard.press('Enter');
}

const textOf = async ({ id }: Room, { seq }: Message) => {
  const message = await owner.get<Message>(`/rooms/${id}/messages/${seq}`);
  return 'text' in message ? message.text : undefined;
};

for (const [locale, item, words] of [
  ['en', /^Recall/, 'Not recalled. The time for recalling it ended while you were offline.'],
  ['zh-CN', /^撤回/, '没有撤回。你离线期间，撤回时限已过。'],
] as const) {
  test(`a recall that was asked offline and came too late says so: ${locale}`, async () => {
    const { room, message, page, cut, back, end } = await scene(`Late ${locale}`, 'Too late to recall', locale);
    await cut();
    await choose(page, 'Too late to recall', item);
    shift += 10 * 60_000;
    await back();
    await page.getByText(words).waitFor();
    assert.equal(await textOf(room, message), 'Too late to recall');
    await end();
  });
}

test('an edit that was asked offline, of a message that was edited elsewhere: what stands is shown, and nothing is lost', async () => {
  const { room, message, page, cut, back, end } = await scene('Twice', 'Edited twice');
  await cut();
  await edit(page, 'Edited twice', 'Mine, in the tunnel');
  await messageWith(page, 'Mine, in the tunnel').waitFor();
  await ada.patch(`/rooms/${room.id}/messages/${message.seq}`, { text: 'Mine, at the other desk' });
  await back();
  await page.getByText('It was edited on another of your devices in the meantime').waitFor();
  await page.locator('.message-text', { hasText: 'Mine, at the other desk' }).waitFor();
  await page.getByRole('button', { name: 'Edit again' }).click();
  assert.equal(await page.getByLabel('Edit message').inputValue(), 'Mine, in the tunnel');
  await page.keyboard.press('Enter');
  await page.locator('.message-text', { hasText: 'Mine, in the tunnel' }).waitFor();
  await page.locator('.message-sign').waitFor({ state: 'detached' });
  assert.equal(await textOf(room, message), 'Mine, in the tunnel');
  await end();
});

test('an edit that was asked offline, of a message that was removed meanwhile: its words can be written anew', async () => {
  const { room, message, page, cut, back, end } = await scene('Removed', 'Soon removed');
  await cut();
  await edit(page, 'Soon removed', 'Words worth keeping');
  await owner.post(`/rooms/${room.id}/messages/${message.seq}/remove`);
  await back();
  await page.getByText('Not edited. It was recalled or removed in the meantime.').waitFor();
  await page.getByRole('button', { name: 'Edit again' }).click();
  assert.equal(await page.locator('.composer textarea').inputValue(), 'Words worth keeping');
  await page.getByText('Not edited.').waitFor({ state: 'detached' });
  await end();
});

test('P5 what was written offline into a room one is in no more: it is said, and the words are not lost', async () => {
  const { room, page, cut, back, end } = await scene('Left behind', 'Still in it');
  await cut();
  await say(page, 'Written too late');
  await choose(page, 'Still in it', /^Recall/);
  await owner.delete(`/rooms/${room.id}/members/${ada.id}`);
  await back();
  await page.getByText('2 things you asked for were not done.').waitFor();
  await page.getByRole('button', { name: 'Show' }).click();
  const dialog = page.getByRole('dialog', { name: 'What was not done' });
  await dialog.getByText('Not sent. You are no longer in this room.').waitFor();
  await dialog.getByText('Written too late').waitFor();
  await dialog.getByText('Not recalled. You are no longer in this room.').waitFor();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByText('you asked for', { exact: false }).waitFor({ state: 'detached' });
  await end();
});
