import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { lineOf, messageKept, messageWith, programKept, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
let room: Room;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  await owner.say(room.id, 'Kept for the tunnel');
});
after(async () => stage.end());

test('two tabs of one account are in step: messages, drafts, reads, sign-out', async () => {
  const { page: first, context, errors } = await stage.open();
  await signInOn(first, stage.server.url, 'ada', PASSWORD);
  const second = await context.newPage();
  await first.goto(`${stage.server.url}/rooms/${room.id}`);
  await second.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(second, 'Kept for the tunnel').waitFor();
  await first.bringToFront();
  await say(first, 'Said in the first tab');
  await messageWith(second, 'Said in the first tab').waitFor();
  assert.equal(await messageWith(second, 'Said in the first tab').count(), 1);
  await first.locator('.composer textarea').fill('Begun in the first');
  await second.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === 'Begun in the first',
  );
  await first.locator('.composer textarea').fill('');
  await first.goto(`${stage.server.url}/settings`);
  await first.locator('.tabbed-foot').getByRole('button', { name: 'Sign out' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await first.getByRole('heading', { name: 'Sign in' }).waitFor();
  await second.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await second.getByText('Said in the first tab').count(), 0);
  assert.deepEqual(errors, []);
  await context.close();
});

test('it opens without a network, shows what it has, takes what is written, and sends it when the line is back', async () => {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Kept for the tunnel').waitFor();
  await messageKept(page, 'Kept for the tunnel');
  await programKept(page);
  // What the device keeps is written a moment after it was shown.
  await page.waitForTimeout(1_000);
  await context.setOffline(true);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Kept for the tunnel').waitFor();
  await page.getByText('You are offline', { exact: false }).waitFor();
  await say(page, 'Written with no network at all');
  await messageWith(page, 'Written with no network at all').waitFor();
  await page.reload();
  await messageWith(page, 'Written with no network at all').waitFor();
  await context.setOffline(false);
  await page.locator('.message-sign').waitFor({ state: 'detached' });
  const owner = await stage.server.person({ username: 'witness' });
  await owner.put(`/rooms/${room.id}/members/me`);
  const { messages } = await owner.page(room.id);
  const told = messages.filter(
    (message) => message.kind === 'text' && 'text' in message && message.text.startsWith('Written with'),
  );
  assert.equal(told.length, 1);
  await context.close();
});

test('what is written without a network can be taken back, and is never sent', async () => {
  const { page, context } = await stage.open();
  const cut = await lineOf(page);
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Kept for the tunnel').waitFor();
  await messageKept(page, 'Kept for the tunnel');
  await programKept(page);
  await cut();
  await say(page, 'Better not');
  await say(page, 'But this');
  const row = messageWith(page, 'Better not');
  await row.getByRole('button', { name: 'Discard' }).click();
  await row.waitFor({ state: 'detached' });
  const composer = page.locator('.composer textarea');
  assert.equal(await composer.inputValue(), 'Better not');
  await composer.fill('');
  await context.setOffline(false);
  await messageWith(page, 'But this').waitFor();
  await page.locator('.message-sign').waitFor({ state: 'detached' });
  const reader = await stage.server.person({ username: 'reader' });
  await reader.put(`/rooms/${room.id}/members/me`);
  const { messages } = await reader.page(room.id);
  const texts = messages.flatMap((message) => ('text' in message ? [message.text] : []));
  assert.deepEqual([texts.includes('But this'), texts.includes('Better not')], [true, false]);
  await context.close();
});

test('P2 what was written in a tab that is closed before the line is back is sent by one that is still open', async () => {
  const { page: first, context, errors } = await stage.open();
  await signInOn(first, stage.server.url, 'ada', PASSWORD);
  const second = await context.newPage();
  const cuts = [await lineOf(first), await lineOf(second)];
  for (const page of [first, second]) {
    await page.goto(`${stage.server.url}/rooms/${room.id}`);
    await messageWith(page, 'Kept for the tunnel').waitFor();
  }
  await messageKept(first, 'Kept for the tunnel');
  await programKept(first);
  for (const cut of cuts) await cut();
  await say(first, 'Left behind by a closed tab');
  await messageWith(first, 'Left behind by a closed tab').waitFor();
  await messageKept(first, 'Left behind by a closed tab', 'entries');
  await first.close();
  await context.setOffline(false);
  await messageWith(second, 'Left behind by a closed tab').waitFor();
  await second.locator('.message-sign').waitFor({ state: 'detached' });
  const witness = await stage.server.person({ username: 'onlooker' });
  await witness.put(`/rooms/${room.id}/members/me`);
  const { messages } = await witness.page(room.id);
  const told = messages.filter((message) => 'text' in message && message.text === 'Left behind by a closed tab');
  assert.equal(told.length, 1);
  assert.deepEqual(errors, []);
  await context.close();
});

test('at sign-out nothing of the conversations stays in the browser', async () => {
  const { page, context } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Kept for the tunnel').waitFor();
  await page.locator('.composer textarea').fill('A draft that must not stay');
  await page.waitForTimeout(1_000);
  await page.goto(`${stage.server.url}/settings`);
  await page.locator('.tabbed-foot').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const kept = await page.evaluate(async () => {
    const all: string[] = [JSON.stringify(localStorage)];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error('closed'));
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const asking = database.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => resolve(asking.result as unknown[]);
          asking.onerror = () => reject(asking.error ?? new Error('closed'));
        });
        all.push(JSON.stringify(rows));
      }
      database.close();
    }
    return all.join('\n');
  });
  assert.doesNotMatch(kept, /Kept for the tunnel|A draft that must not stay|General/);
  await context.close();
});
