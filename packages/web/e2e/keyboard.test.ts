import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  const zhang = await stage.server.person({ username: 'zhang', displayName: '张三' });
  for (const [name, members] of [
    ['General', [ada.id, zhang.id]],
    ['Design', [ada.id]],
    ['Releases', [ada.id]],
  ] as const) {
    const room = await owner.post<Room>('/rooms', { kind: 'open', name, members });
    await owner.say(room.id, `Welcome to ${name}`);
  }
});
after(async () => stage.end());

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

test('one conversation is held by keyboard alone, from signing in to signing out', async () => {
  const { page, errors } = await stage.open();
  const press = (keys: string) => page.keyboard.press(keys);
  const type = (text: string) => page.keyboard.type(text);
  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 60; steps += 1) {
      await press('Tab');
      if (name.test(await focused(page))) return;
    }
    assert.fail(`no ${name} by Tab`);
  };
  await page.goto(stage.server.url);
  await page.getByLabel('Username').waitFor();
  for (
    let steps = 0;
    steps < 10 && !(await page.getByLabel('Username').evaluate((field) => field === document.activeElement));
    steps += 1
  ) {
    await press('Tab');
  }
  await type('ada');
  await press('Tab');
  await type(PASSWORD);
  await press('Enter');
  await page.getByRole('link', { name: /Releases/ }).waitFor();

  await press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).waitFor();
  await type('gen');
  await press('Enter');
  await page.getByRole('heading', { name: 'General', exact: true }).waitFor();
  assert.equal(await focused(page), 'Message to General');
  await press('Control+/');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'Message to General', 'the focus comes back to where it was');
  await type('Typed without a mouse');
  await press('Shift+Enter');
  await type('on two lines');
  await press('Enter');
  await messageWith(page, 'on two lines').waitFor();

  // Until it is known to be sent there is nothing to edit.
  const box = page.getByLabel('Edit message');
  for (let tries = 0; tries < 100 && !(await box.isVisible()); tries += 1) {
    await press('ArrowUp');
    await page.waitForTimeout(100);
  }
  assert.equal(await focused(page), 'Edit message');
  await type(', edited');
  await press('Enter');
  await messageWith(page, 'on two lines, edited').waitFor();
  assert.equal(await focused(page), 'Message to General', 'the focus comes back to where it was');

  await press('Shift+Tab');
  while (!(await page.evaluate(() => document.activeElement?.classList.contains('message')))) await press('Shift+Tab');
  await press('ArrowUp');
  assert.match(await focused(page), /Ada|Welcome|joined|added/);
  await press('ArrowDown');
  await press('Enter');
  await page.getByRole('menu').waitFor();
  await press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  assert.ok(
    await page.evaluate(() => document.activeElement?.classList.contains('message')),
    'Esc gives the focus back',
  );
  await press('Enter');
  await page.getByRole('menuitem', { name: /Recall/ }).waitFor();
  await press('ArrowDown');
  await press('Enter');
  await messageWith(page, 'You recalled a message').waitFor();

  await press('Alt+ArrowDown');
  await page.waitForFunction(() => !document.title.includes('General'));
  await press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).waitFor();
  for (const pinyin of ['zhangsan', 'zhangs', 'zs']) {
    await press('Control+a');
    await type(pinyin);
    await page.getByRole('option', { name: /张三/ }).waitFor();
  }
  await press('Enter');
  await page.getByRole('heading', { name: '张三', exact: true }).waitFor();
  await type('你好');
  await press('Enter');
  await messageWith(page, '你好').waitFor();

  await page.keyboard.press('Escape');
  await press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).waitFor();
  await type('settings');
  await press('Enter');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tabTo(/^Sign out$/);
  await press('Enter');
  await page.getByRole('dialog', { name: 'Sign out?' }).waitFor();
  await tabTo(/^Sign out$/);
  await press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(errors, []);
});

test('while an input method composes, Enter and the arrows belong to it', async () => {
  const { page, errors } = await stage.seat('composer', 'Composer');
  await page.goto(`${stage.server.url}/explore`);
  await page.getByRole('button', { name: 'Join: Design' }).click();
  const composer = page.getByLabel('Message to Design');
  await composer.focus();
  const line = await page.context().newCDPSession(page);
  await line.send('Input.imeSetComposition', { text: 'zhong', selectionStart: 5, selectionEnd: 5 });
  await line.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Process',
    code: 'Enter',
  });
  await composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true });
  assert.equal(await composer.inputValue(), 'zhong');
  await line.send('Input.insertText', { text: '中文' });
  assert.equal(await composer.inputValue(), '中文');
  await page.keyboard.press('Enter');
  await messageWith(page, '中文').waitFor();
  assert.equal(await composer.inputValue(), '');
  assert.deepEqual(errors, []);
});
