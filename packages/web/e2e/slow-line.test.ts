import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

/** What a train between two cities gives. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024 };
/** What comes within this time comes without a sign. */
const QUIET_MS = 300;

let stage: Play;
const rooms: Room[] = [];
before(async () => {
  stage = await play(UNPACED);
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  for (const name of ['General', 'Design']) {
    const room = await owner.post<Room>('/rooms', { kind: 'open', name, members: [ada.id] });
    for (let line = 1; line <= 120; line += 1) await owner.say(room.id, `${name}, line ${line}`);
    rooms.push(room);
  }
});
after(async () => stage.end());

/** A sign of loading: what it says, and how many ms after the last press it came. */
interface Sign {
  readonly says: string;
  readonly after: number;
}

/** Notes on the page when a sign of loading appears. */
async function watchSigns(page: Page): Promise<() => Promise<Sign[]>> {
  await page.evaluate(() => {
    const signs: { says: string; after: number }[] = [];
    let pressed = performance.now();
    addEventListener('click', () => (pressed = performance.now()), { capture: true });
    new MutationObserver((changes) => {
      const came = changes.flatMap((change) => [...change.addedNodes]);
      for (const node of came) {
        if (!(node instanceof HTMLElement)) continue;
        const sign = node.matches('.loading') ? node : node.querySelector('.loading');
        if (sign !== null) signs.push({ says: sign.textContent ?? '', after: Math.round(performance.now() - pressed) });
      }
    }).observe(document.body, { subtree: true, childList: true });
    Object.assign(globalThis, { signs });
  });
  return () => page.evaluate(() => (globalThis as unknown as { signs: Sign[] }).signs);
}

const drawn = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

test('P2 P3 on a slow line it stays usable: what is written stands at once, arrives once and in order', async () => {
  const { page, context, errors } = await stage.open();
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', SLOW);
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  // What is still on its way before the first press may show its sign after it.
  await page.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
  const signs = await watchSigns(page);
  await page.getByRole('link', { name: /General/ }).click();
  await messageWith(page, 'General, line 120').waitFor();

  const other = await stage.open();
  await signInOn(other.page, stage.server.url, 'mei', PASSWORD);
  await other.page.goto(`${stage.server.url}/rooms/${rooms[0]?.id}`);
  await messageWith(other.page, 'General, line 120').waitFor();
  const written = ['one', 'two', 'three', 'four', 'five'].map((word) => `From the train, ${word}`);
  for (const text of written) {
    await say(page, text);
    // It stands there when the page is drawn next: the line was not waited for.
    await drawn(page);
    assert.equal(await messageWith(page, text).count(), 1);
  }
  await say(other.page, 'Heard at the desk');
  for (const each of [page, other.page]) {
    await messageWith(each, 'From the train, five').waitFor();
    await messageWith(each, 'Heard at the desk').waitFor();
  }
  await page.locator('.message-sign, .message-pending').first().waitFor({ state: 'detached' });
  const told = async (each: Page) =>
    (await each.locator('.message-text').allTextContents()).filter((text) => /train|desk/.test(text));
  assert.deepEqual(
    (await told(page)).filter((text) => text.includes('train')),
    written,
  );
  assert.deepEqual(await told(page), await told(other.page), 'both see one order, and nothing twice');

  // Further back, to another room and back again: there is always something to read.
  await page.waitForFunction(() => {
    document.querySelector('.timeline')?.scrollTo(0, 0);
    return [...document.querySelectorAll('.message-text')].some((text) => text.textContent === 'General, line 1');
  });
  await page.getByRole('link', { name: /Design/ }).click();
  await messageWith(page, 'Design, line 120').waitFor();
  await page.getByRole('link', { name: /General/ }).click();
  assert.ok((await page.locator('.message').count()) > 0, 'what was open is there at once');
  const early = (await signs()).filter(({ after }) => after < QUIET_MS);
  assert.deepEqual(early, [], 'what comes soon comes without a sign');
  assert.deepEqual([...errors, ...other.errors], []);
});
