import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { CDPSession, Page } from 'playwright-core';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

/** This machine by another address than localhost: plain http there is no secure context. */
const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find((each) => each.family === 'IPv4' && !each.internal)?.address;

let stage: Play;
let room: Room;
let long: Room;
before(async () => {
  stage = await play({ HOST: '0.0.0.0' });
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  await owner.say(room.id, 'Hold your finger on this');
  await owner.say(room.id, 'مرحبا بالعالم');
  long = await owner.post<Room>('/rooms', { kind: 'open', name: 'Long', members: [ada.id] });
  await owner.say(long.id, 'Line by line\n'.repeat(80));
  await owner.say(long.id, `\`\`\`\nconst wide = '${'wide '.repeat(60)}';\n\`\`\``);
});
after(async () => stage.end());

test('on a phone one column is shown at a time, the system’s back goes back, and a long press opens the menu', async () => {
  const { page, context, errors } = await stage.open({ size: 'phone' });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.getByRole('link', { name: /General/ }).tap();
  await messageWith(page, 'Hold your finger on this').waitFor();
  assert.equal(
    await page.getByRole('link', { name: /Hold your finger/ }).count(),
    0,
    'the list of rooms is out of sight',
  );
  assert.notEqual(
    await page.evaluate(() => document.activeElement?.tagName),
    'TEXTAREA',
    'no keyboard comes up unasked',
  );
  await page.getByRole('link', { name: 'Members' }).tap();
  await page.getByRole('heading', { name: '2 members' }).waitFor();
  await page.goBack();
  const row = messageWith(page, 'Hold your finger on this');
  await row.waitFor();
  const box = await row.boundingBox();
  assert.ok(box !== null);
  const touch = await context.newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await page.getByRole('menuitem', { name: 'Copy text' }).waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  assert.ok(
    await page.getByRole('menuitem', { name: 'Copy text' }).isVisible(),
    'the finger that opened it does not press it',
  );
  await page.getByRole('menuitem', { name: 'Copy text' }).tap();
  await page.goBack();
  await page.getByRole('link', { name: /General/ }).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A finger that goes from one point to another, in as many steps as a real one takes. */
async function drag(touch: CDPSession, from: Point, to: Point, { lift = true, steps = 12 } = {}): Promise<void> {
  const down = touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (let step = 1; step <= steps; step += 1) {
    const at = { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps };
    const move = touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
    // The first move is not sent after the answer to the touch: on a slow machine that is a finger at rest, which holds a row.
    await Promise.all([down, move]);
  }
  if (lift) await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Where the middle column stands. */
const shiftOf = (page: Page) =>
  page.evaluate(() => document.querySelector('.main')?.getBoundingClientRect().left ?? -1);

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a finger to the right goes back a column, and nothing else does: motion ${reducedMotion}`, async () => {
    const { page, context, errors } = await stage.open({ size: 'phone' });
    await page.emulateMedia({ reducedMotion });
    await signInOn(page, stage.server.url, 'ada', PASSWORD);
    await page.goto(`${stage.server.url}/rooms/${room.id}`);
    await messageWith(page, 'Hold your finger on this').waitFor();
    // What listens for fingers comes a moment after the first screen.
    const row = messageWith(page, 'مرحبا');
    await row.waitFor();
    const box = await row.boundingBox();
    assert.ok(box !== null);
    const y = box.y + box.height / 2;
    const inRoom = () => page.getByRole('heading', { name: 'General', exact: true }).isVisible();
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/watches-')),
    );
    const touch = await context.newCDPSession(page);
    const takeBack = () => touch.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
    for (const [whose, from, to] of [
      ['the system’s: its back begins at the edge', { x: 8, y }, { x: 300, y }],
      ['a row’s', { x: 300, y }, { x: 60, y }],
      ['the list’s', { x: 100, y }, { x: 150, y: y - 200 }],
      // No further: there the browser has a swipe of its own.
      ['the caret’s', { x: 60, y: 820 }, { x: 110, y: 820 }],
    ] as const) {
      await drag(touch, from, to, { lift: false });
      assert.equal(await shiftOf(page), 0, whose);
      await takeBack();
    }
    assert.ok(await inRoom());
    assert.equal(await page.getByRole('menu').count(), 0, 'nor is it held');

    await drag(touch, { x: 60, y }, { x: 160, y }, { lift: false });
    if (reducedMotion === 'reduce') assert.equal(await shiftOf(page), 0);
    else assert.ok((await shiftOf(page)) > 50, 'the column follows the finger');
    await takeBack();
    assert.equal(await shiftOf(page), 0, 'what the system takes back leaves no trace');
    assert.ok(await inRoom());

    await page.getByRole('link', { name: 'Members' }).tap();
    await page.getByRole('heading', { name: '2 members' }).waitFor();
    await drag(touch, { x: 60, y }, { x: 300, y });
    await messageWith(page, 'Hold your finger on this').waitFor();
    assert.ok(await inRoom());
    await drag(touch, { x: 60, y }, { x: 300, y });
    // What lies under it comes to light before: the address tells when it is there.
    await page.waitForURL(`${stage.server.url}/`);
    await page.waitForFunction(() => document.querySelector('[data-swiping]') === null);
    assert.ok(await page.getByRole('link', { name: /General/ }).isVisible());
    // What was left is not on the way back, but can be come to again. The tour comes above the list: it must stand first.
    await page.getByRole('button', { name: 'Got it' }).tap();
    await page.getByRole('link', { name: /General/ }).tap();
    await messageWith(page, 'Hold your finger on this').waitFor();
    assert.equal(await shiftOf(page), 0);
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test('a finger up and down scrolls the conversation, and one that began on code scrolls the code', async () => {
  const { page, context } = await stage.open({ size: 'phone' });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${long.id}`);
  await messageWith(page, 'const').waitFor();
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/watches-')),
  );
  const touch = await context.newCDPSession(page);
  const code = page.locator('.message pre').last();
  const codeLeft = () => page.evaluate(() => document.querySelector('.message pre')?.scrollLeft ?? 0);
  const listTop = () => page.evaluate(() => document.querySelector('.timeline')?.scrollTop ?? 0);
  const middleOfCode = async () => {
    const box = await code.boundingBox();
    assert.ok(box !== null);
    return box.y + box.height / 2;
  };
  // The list takes no pointer for a moment after it was put in its place, which on a slow machine may be under the finger.
  const dragUntil = async (isSo: () => Promise<boolean>, way: () => Promise<[Point, Point]>) => {
    for (let tries = 0; tries < 10 && !(await isSo()); tries += 1) {
      await drag(touch, ...(await way()));
      await page.waitForTimeout(200);
    }
    assert.ok(await isSo());
  };
  const along = (from: number, to: number) => async (): Promise<[Point, Point]> => {
    const y = await middleOfCode();
    return [
      { x: from, y },
      { x: to, y },
    ];
  };
  await dragUntil(async () => (await codeLeft()) > 0, along(300, 60));
  await dragUntil(async () => (await codeLeft()) === 0, along(90, 330));
  const before = await listTop();
  await dragUntil(
    async () => (await listTop()) < before,
    async () => [
      { x: 200, y: 200 },
      { x: 230, y: 600 },
    ],
  );
  await context.close();
});

test('every control under a thumb is at least 44 px high', async () => {
  const { page, context } = await stage.open({ size: 'phone' });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  for (const path of [
    '/',
    `/rooms/${room.id}`,
    `/rooms/${room.id}/members`,
    `/rooms/${room.id}/details`,
    '/settings/look',
    '/new/room',
    '/explore',
  ]) {
    await page.goto(stage.server.url + path);
    await page.waitForSelector('.house');
    await page.waitForFunction(() => document.querySelector('.loading') === null);
    await page.waitForTimeout(400);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, a[href], input:not([type=radio]):not([type=checkbox]), select, textarea, label.choice-row',
        ),
      ]
        .filter((each) => each.checkVisibility() && !each.classList.contains('skip') && !each.closest('.unseen'))
        .filter((each) => each.getBoundingClientRect().height < 43.5)
        .map((each) => `${each.className || each.tagName} ${Math.round(each.getBoundingClientRect().height)}`),
    );
    assert.deepEqual(small, [], path);
  }
  await context.close();
});

test('over plain http, away from localhost, everything works but what browsers forbid there', {
  skip: address === undefined,
}, async () => {
  const { page, context, errors } = await stage.open();
  const url = `http://${address}:${stage.server.port}`;
  await signInOn(page, url, 'ada', PASSWORD);
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.goto(`${url}/rooms/${room.id}`);
  await messageWith(page, 'Hold your finger on this').waitFor();
  await say(page, 'Said over plain http');
  await messageWith(page, 'Said over plain http').waitFor();
  await page.locator('.message-sign').waitFor({ state: 'detached' });
  const row = messageWith(page, 'Said over plain http');
  await row.hover();
  await row.locator('.message-tools button').last().click();
  await page.getByRole('menuitem', { name: 'Copy text' }).click();
  await page.getByText('Copied').waitFor();
  await page.goto(`${url}/settings/notifications`);
  await page.getByText('This browser shows notifications only over https.').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('who is in no room yet can go somewhere: from the list on a phone, from beside it at a desk', async () => {
  await stage.server.person({ username: 'xiaoyu', displayName: '小雨' });
  for (const size of ['phone', 'desk'] as const) {
    const { page, context } = await stage.open({ size });
    await signInOn(page, stage.server.url, 'xiaoyu', PASSWORD);
    const open = page.getByRole('link', { name: 'Find open rooms' });
    await open.waitFor();
    assert.equal(await open.count(), 1);
    await open.click();
    await page.getByRole('heading', { name: 'Open rooms' }).waitFor();
    await context.close();
  }
});
