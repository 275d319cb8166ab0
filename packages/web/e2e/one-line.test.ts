import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person, until } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
let owner: Person;
let room: Room;
before(async () => {
  stage = await play();
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  await owner.say(room.id, 'Said before');
});
after(async () => stage.end());

/** How many sockets the server has. */
async function sockets(): Promise<number> {
  const text = await (await fetch(`${stage.server.url}/metrics`)).text();
  return Number(/^rill_sockets (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}
const becomes = (count: number) => until(`${count} sockets`, async () => (await sockets()) === count, 30_000);

/** What the room has of these words: once each, in the order in which they were acknowledged. */
async function saidOf(words: RegExp): Promise<string[]> {
  const { messages } = await owner.page(room.id);
  return messages.flatMap((message) =>
    message.kind === 'text' && 'text' in message && words.test(message.text) ? [message.text] : [],
  );
}

async function openRoom(page: Page): Promise<void> {
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, 'Said before').waitFor();
}
const isSent = (page: Page) => page.locator('.message-pending, .message-sign').first().waitFor({ state: 'detached' });

test('P2 P7 the tabs of one account share one socket; whichever is closed or sleeps, the others go on', async () => {
  const { page: first, context, errors } = await stage.open({ sharesLine: true });
  await signInOn(first, stage.server.url, 'ada', PASSWORD);
  await openRoom(first);
  await becomes(1);
  const second = await context.newPage();
  const third = await context.newPage();
  await openRoom(second);
  await openRoom(third);
  await becomes(1);
  await say(first, 'One of the first tab');
  await say(second, 'Two of the second tab');
  for (const page of [first, second, third]) {
    await messageWith(page, 'One of the first tab').waitFor();
    await messageWith(page, 'Two of the second tab').waitFor();
  }
  // The one whose line all have, in the middle of its own words.
  await say(third, 'Three, and gone');
  await third.close();
  await say(first, 'Four goes on');
  await messageWith(second, 'Three, and gone').waitFor();
  await messageWith(second, 'Four goes on').waitFor();
  await becomes(1);

  const sleeper = await context.newCDPSession(second);
  await sleeper.send('Page.setWebLifecycleState', { state: 'frozen' });
  await say(first, 'Five while one sleeps');
  await isSent(first);
  await owner.say(room.id, 'Six from somebody else');
  await messageWith(first, 'Six from somebody else').waitFor();
  await sleeper.send('Page.setWebLifecycleState', { state: 'active' });
  await messageWith(second, 'Six from somebody else').waitFor();
  await becomes(1);
  assert.deepEqual((await saidOf(/^(One|Two|Three|Four|Five|Six)\b/)).map((text) => text.split(/[ ,]/)[0]).toSorted(), [
    'Five',
    'Four',
    'One',
    'Six',
    'Three',
    'Two',
  ]);

  await first.goto(`${stage.server.url}/settings`);
  await first.locator('.tabbed-foot').getByRole('button', { name: 'Sign out' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  for (const page of [first, second]) await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await becomes(0);
  assert.deepEqual(errors, []);
  await context.close();
});

test('P5 another account in another tab takes its place: nobody is shown what is for the other', async () => {
  await stage.server.person({ username: 'ben', displayName: 'Ben' });
  const { page: first, context, errors } = await stage.open({ sharesLine: true });
  await signInOn(first, stage.server.url, 'ada', PASSWORD);
  await openRoom(first);
  await becomes(1);
  const second = await context.newPage();
  // As a page that had been open before somebody signed in there.
  await second.goto(stage.server.url);
  await second.waitForSelector('.house');
  const status = await second.evaluate(
    async ([username, password]) => {
      const answer = await fetch('/api/v1/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password, session: 'cookie' }),
      });
      return answer.status;
    },
    ['ben', PASSWORD] as const,
  );
  assert.ok(status >= 200 && status < 300, `${status}`);
  await second.reload();
  for (const page of [first, second]) await page.locator('.side-me', { hasText: 'Ben' }).waitFor();
  assert.equal(await messageWith(first, 'Said before').count(), 0);
  await becomes(1);
  assert.deepEqual(errors, []);
  await context.close();
  await becomes(0);
});

test('where a browser has no shared workers, each tab has its own socket, and all are in step', async () => {
  const { page: first, context, errors } = await stage.open();
  await signInOn(first, stage.server.url, 'ada', PASSWORD);
  await openRoom(first);
  const second = await context.newPage();
  await openRoom(second);
  await becomes(2);
  await say(first, 'Each by itself');
  await messageWith(second, 'Each by itself').waitFor();
  assert.deepEqual(await saidOf(/^Each by itself$/), ['Each by itself']);
  assert.deepEqual(errors, []);
  await context.close();
});
