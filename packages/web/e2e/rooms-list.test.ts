import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { lineOf, messageKept, messageWith, programKept, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
let ada: Person;
let room: Room;
let direct: Room;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  direct = await owner.post<Room>('/rooms', { kind: 'direct', members: [ada.id] });
  await owner.say(room.id, 'The tide is out');
  await ada.say(direct.id, 'For you alone');
});
after(async () => stage.end());

const row = (page: Page, name: string | RegExp) => page.locator('.rooms-list').getByRole('link', { name });

test('a direct conversation put aside is out of the list in every tab, until more is said', async () => {
  const { page, context, errors } = await stage.open();
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  const other = await context.newPage();
  await other.goto(`${stage.server.url}/rooms/${room.id}`);
  await row(other, /^Ada Whitfield/).waitFor();
  await page.goto(`${stage.server.url}/rooms/${direct.id}/details`);
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await page.getByText('It comes back with the next message.', { exact: false }).waitFor();
  for (const each of [page, other]) await row(each, /^Ada Whitfield/).waitFor({ state: 'detached' });
  await page.goto(stage.server.url);
  await row(page, /^Harbour/).waitFor();
  // What the browser kept a moment ago may still have it; the server's word follows.
  await row(page, /^Ada Whitfield/).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).pathname, '/', 'nor does it open as the last one');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Ada Whit');
  await page.getByRole('option', { name: /^Ada Whitfield/ }).waitFor();
  await page.keyboard.press('Enter');
  await messageWith(page, 'For you alone').waitFor();
  assert.equal(await row(page, /^Ada Whitfield/).count(), 1, 'it is there while one looks at it');
  await row(page, /^Harbour/).click();
  await row(page, /^Ada Whitfield/).waitFor({ state: 'detached' });
  await ada.say(direct.id, 'And again');
  for (const each of [page, other]) await row(each, /^Ada Whitfield.*And again/).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('who opens it at a desk is where they were; on a phone, at the list', async () => {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await row(page, /^Harbour/).click();
  await messageWith(page, 'The tide is out').waitFor();
  await messageKept(page, 'The tide is out');
  await page.goto(stage.server.url);
  await messageWith(page, 'The tide is out').waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${room.id}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(stage.server.url);
  await row(page, /^Harbour/).waitFor();
  await page.waitForTimeout(300);
  assert.equal(new URL(page.url()).pathname, '/');
  await context.close();
});

test('the list shows what has not arrived, until it has', async () => {
  const { page, context } = await stage.open();
  const cut = await lineOf(page);
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await row(page, /^Harbour/).click();
  await messageWith(page, 'The tide is out').waitFor();
  await programKept(page);
  await cut();
  await say(page, 'Into the fog');
  await row(page, /^林美/).click();
  await row(page, /^Harbour.*Waiting for the network.*Into the fog/).waitFor();
  const high = async (name: RegExp) => (await row(page, name).boundingBox())?.height;
  assert.equal(await high(/^Harbour/), await high(/^林美/), 'and no row is higher for it');
  await context.setOffline(false);
  await row(page, /^Harbour.*You: Into the fog/).waitFor();
  await page.locator('.room-row-on-way').waitFor({ state: 'detached' });
  await context.close();
});
