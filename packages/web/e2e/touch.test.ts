import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { messageWith, say, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

/** This machine by another address than localhost: plain http there is no secure context. */
const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find((each) => each.family === 'IPv4' && !each.internal)?.address;

let stage: Play;
let room: Room;
before(async () => {
  stage = await play({ HOST: '0.0.0.0' });
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  await owner.say(room.id, 'Hold your finger on this');
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
