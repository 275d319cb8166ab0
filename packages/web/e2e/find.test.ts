import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { lineOf, messageKept, messageWith, programKept, signInOn } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

let stage: Play;
let owner: Person;
let general: Room;
before(async () => {
  stage = await play(UNPACED);
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  general = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  const den = await owner.post<Room>('/rooms', { kind: 'open', name: 'The den', members: [ada.id] });
  await owner.say(general.id, 'The tunnel plan, first draft');
  for (let line = 0; line < 60; line += 1) await owner.say(general.id, `Between ${line}`);
  await owner.say(general.id, '隧道方案第二稿 (tunnel)');
  await owner.say(den.id, 'Somebody in the den spoke of a TUNNEL too');
});
after(async () => stage.end());

test('what the browser has is searched without a line; a hit is gone to, by keyboard too, and a recalled one goes', async () => {
  const { page, context, errors } = await stage.open();
  const cut = await lineOf(page);
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.getByRole('link', { name: /The den/ }).click();
  await messageWith(page, 'spoke of a TUNNEL').waitFor();
  await page.getByRole('link', { name: /General/ }).click();
  // It opens where somebody has not read yet.
  await messageWith(page, 'Between 1').first().waitFor();
  // What lies further back is here once it was on the screen.
  await page.locator('.timeline').evaluate((list) => list.scrollTo({ top: 0 }));
  await messageWith(page, 'first draft').waitFor();
  for (const text of ['spoke of a TUNNEL', 'first draft']) await messageKept(page, text);
  await programKept(page);
  await cut();
  await page.getByRole('link', { name: 'Find in this room' }).click();
  const field = page.getByRole('searchbox', { name: 'Find in General' });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  await page.keyboard.type('tunnel');
  await page.getByText('2 messages found').waitFor();
  const hits = page.locator('.find-hit');
  // Before all of it is typed there are hits too.
  await hits
    .first()
    .locator('mark', { hasText: /^tunnel$/ })
    .waitFor();
  assert.match((await hits.first().innerText()).replaceAll('\n', ' '), /林美 .*隧道方案第二稿 \(tunnel\)/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.message-sought', { hasText: 'first draft' }).waitFor();
  assert.ok(await field.isVisible(), 'the list stays beside it');
  await page.getByRole('switch', { name: 'In all rooms' }).check();
  await page.getByText('3 messages found').waitFor();
  await hits.filter({ hasText: 'The den' }).click();
  await page.locator('.message-sought', { hasText: 'spoke of a TUNNEL' }).waitFor();
  await page.getByRole('searchbox').fill('submarine');
  await page.getByText('Nothing of this is here.').waitFor();
  await page.getByText(/Looked through the \d+ messages that this device has/).waitFor();

  await page.getByRole('searchbox').fill('隧道');
  await page.getByText('1 message found').waitFor();
  await context.setOffline(false);
  const { messages } = await owner.page(general.id);
  const plan = messages.find((message) => 'text' in message && message.text.includes('第二稿'));
  assert.ok(plan !== undefined);
  await owner.post(`/rooms/${general.id}/messages/${plan.seq}/recall`);
  await hits.first().waitFor({ state: 'detached' });
  assert.equal(await page.getByText('第二稿').count(), 0, 'nothing that was recalled is read in the list');
  assert.deepEqual(errors, []);
  await context.close();
});

test('from anywhere it is found by the switcher; on a phone the conversation comes instead of the list', async () => {
  const { page, context, errors } = await stage.open({ size: 'phone', locale: 'zh-CN' });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.getByRole('link', { name: /General/ }).tap();
  // Wherever it opens: how far it was read is for the test before to say.
  await page.locator('.message').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type('between 59');
  await page.getByRole('option', { name: '在消息中查找“between 59”' }).tap();
  await page.getByText('1 条匹配的消息').waitFor();
  await page.locator('.find-hit').tap();
  await page.locator('.message-sought', { hasText: 'Between 59' }).waitFor();
  assert.equal(await page.locator('.find').count(), 0);
  assert.deepEqual(errors, []);
  await context.close();
});
