import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD } from '@rill/harness';
import type { ImportLine, Nonce, Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

const COUNT = 3_000;
let stage: Play;
let owner: Person;
let ada: Person;
let room: Room;
let page: Page;
let errors: readonly string[];

/** Lines of very different height, so that no guess of a height is right. */
function lineOf(at: number): ImportLine {
  const words =
    at % 7 === 0 ? 'A longer line that goes on and wraps around at least once. '.repeat(1 + (at % 5)) : `Line ${at}`;
  return {
    nonce: `n${at}` as Nonce,
    name: at % 3 === 0 ? 'ada' : 'mei',
    at: new Date(Date.UTC(2026, 0, 1) + at * 97_000).toISOString(),
    text: `#${at} ${words}`,
  };
}

before(async () => {
  stage = await play(UNPACED);
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Long', members: [ada.id] });
  for (let from = 1; from <= COUNT; from += 500) {
    const messages = Array.from({ length: 500 }, (_, at) => lineOf(from + at));
    await owner.post(`/rooms/${room.id}/import`, { messages });
  }
  await ada.put(`/rooms/${room.id}/read`, { seq: COUNT });
  const opened = await stage.open();
  page = opened.page;
  errors = opened.errors;
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
});
after(async () => stage.end());

/** The first message that is wholly in sight, and how far from the top of the list it stands. */
const standing = () =>
  page.evaluate(() => {
    const list = document.querySelector('.timeline')?.getBoundingClientRect();
    for (const row of document.querySelectorAll<HTMLElement>('.message')) {
      const box = row.getBoundingClientRect();
      if (list !== undefined && box.top >= list.top + 40)
        return { key: row.dataset['key'] ?? '', top: Math.round(box.top - list.top) };
    }
    return { key: '', top: 0 };
  });
const topOf = (key: string) =>
  page.evaluate((sought) => {
    const list = document.querySelector('.timeline')?.getBoundingClientRect();
    const row = [...document.querySelectorAll<HTMLElement>('.message')].find((each) => each.dataset['key'] === sought);
    return row === undefined || list === undefined ? undefined : Math.round(row.getBoundingClientRect().top - list.top);
  }, key);
const scrollBy = (by: number) => page.evaluate((y) => document.querySelector('.timeline')?.scrollBy(0, y), by);
const isAtEnd = () =>
  page.evaluate(() => {
    const list = document.querySelector('.timeline');
    return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
  });
const loaded = () => page.evaluate(() => document.querySelector('.timeline')?.scrollHeight ?? 0);
const settled = () => page.waitForTimeout(250);

test('a room opens at its newest message', async () => {
  await messageWith(page, `#${COUNT} `).waitFor();
  await page.waitForFunction(() => {
    const list = document.querySelector('.timeline');
    return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
  });
});

test('the line that is read stays where it is while history comes in before it', async () => {
  for (let pages = 0; pages < 6; pages += 1) {
    const height = await loaded();
    await scrollBy(-900);
    await settled();
    const before = await standing();
    await page
      .waitForFunction((was) => (document.querySelector('.timeline')?.scrollHeight ?? 0) > was, height, {
        timeout: 5_000,
      })
      .catch(() => {});
    await settled();
    const now = await topOf(before.key);
    assert.ok(now !== undefined, `${before.key} is out of sight`);
    assert.ok(Math.abs(now - before.top) <= 2, `${before.key} moved from ${before.top} to ${now}`);
  }
  assert.ok(!(await isAtEnd()));
});

test('what arrives below does not move the line that is read, and is told', async () => {
  const before = await standing();
  await owner.say(room.id, 'Arrived below');
  await page.getByRole('button', { name: 'To the newest message' }).getByText('1 new message').waitFor();
  assert.equal(await topOf(before.key), before.top);
});

test('what is recalled or edited above does not move the line that is read', async () => {
  const before = await standing();
  const above = await page.evaluate((key) => {
    const rows = [...document.querySelectorAll<HTMLElement>('.message')];
    const at = rows.findIndex((row) => row.dataset['key'] === key);
    return Number(/#(\d+) /.exec(rows[at - 5]?.textContent ?? '')?.[1] ?? 0);
  }, before.key);
  assert.ok(above > 0);
  await owner.post(`/rooms/${room.id}/messages/${above + 2}/remove`, { reason: 'to see what moves' });
  await page.getByText('to see what moves').first().waitFor({ state: 'attached' });
  await settled();
  const now = await topOf(before.key);
  assert.ok(now !== undefined && Math.abs(now - before.top) <= 2, `moved from ${before.top} to ${now}`);
});

test('the button goes to the newest, and from there the list follows', async () => {
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await messageWith(page, 'Arrived below').waitFor();
  for (let at = 0; at < 5; at += 1) {
    await owner.say(room.id, `Follow ${at} ${'and wrap '.repeat(at * 12)}`);
    await messageWith(page, `Follow ${at} `).waitFor();
  }
  await settled();
  assert.ok(await isAtEnd());
});

test('what comes while one looks at the end is read as it comes: no badge lights up for a moment', async () => {
  const lit = await page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      const row = document.querySelector('.room-unread');
      if (row !== null) seen.push(row.textContent ?? '');
    }).observe(document.querySelector('.rooms-list') ?? document, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  for (let at = 0; at < 5; at += 1) {
    await owner.say(room.id, `Under your eyes ${at}`);
    await messageWith(page, `Under your eyes ${at}`).waitFor();
  }
  await settled();
  assert.deepEqual(await lit.jsonValue(), []);
});

test('at the end it stays at the end when the window changes', async () => {
  await page.setViewportSize({ width: 1_000, height: 500 });
  await settled();
  assert.ok(await isAtEnd());
  await page.setViewportSize({ width: 1_440, height: 900 });
  await settled();
  assert.ok(await isAtEnd());
});

test('one’s own message goes to the end, wherever one reads', async () => {
  await scrollBy(-3_000);
  await settled();
  await say(page, 'Said from far above');
  await messageWith(page, 'Said from far above').waitFor();
  await page.waitForFunction(() => {
    const list = document.querySelector('.timeline');
    return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
  });
});

test('the address of a message shows it among its neighbours, and the newest is one step away', async () => {
  const { messages } = await owner.page(room.id, '?around=1500&limit=1');
  const seq = messages[0]?.seq ?? 0;
  await page.goto(`${stage.server.url}/rooms/${room.id}/${seq}`);
  await page.locator('.message-sought').waitFor();
  const box = await page.locator('.message-sought').boundingBox();
  assert.ok(box !== null && box.y > 60 && box.y < 800, `it stands at ${box?.y}`);
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await messageWith(page, 'Said from far above').waitFor();
});

test('nothing went wrong', () => {
  assert.deepEqual(errors, []);
});
