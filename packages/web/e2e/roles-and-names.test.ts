import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { type Play, play } from './scene-of-two.ts';

/** Everything here is found by its role and its name, as those find it who do not see the page. */
let stage: Play;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  const room = await owner.post<Room>('/rooms', { kind: 'open', name: 'General', members: [ada.id] });
  await owner.say(room.id, '大家早');
});
after(async () => stage.end());

interface Node {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}
const OPERATED = /^(button|link|textbox|searchbox|combobox|menuitem|option|radio|switch|checkbox|tab|dialog|menu)$/;

/** What can be operated and has no name. */
async function nameless(page: Page): Promise<string[]> {
  const line = await page.context().newCDPSession(page);
  const { nodes } = (await line.send('Accessibility.getFullAXTree')) as { nodes: readonly Node[] };
  await line.detach();
  assert.ok(nodes.length > 5, `only ${nodes.length} nodes were read`);
  return nodes
    .filter((node) => !node.ignored && OPERATED.test(node.role?.value ?? '') && (node.name?.value ?? '').trim() === '')
    .map((node) => node.role?.value ?? '');
}

async function enter(page: Page, username: string, words: { username: string; signIn: string }): Promise<void> {
  await page.goto(stage.server.url);
  await page.getByRole('textbox', { name: words.username }).fill(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
}

test('one conversation is held by roles and names alone, and what comes is announced once', async () => {
  const mei = await stage.open({ locale: 'zh-CN' });
  const ada = await stage.open();
  await enter(mei.page, 'mei', { username: '用户名', signIn: '登录' });
  await enter(ada.page, 'ada', { username: 'Username', signIn: 'Sign in' });
  await mei.page
    .getByRole('navigation', { name: '房间' })
    .getByRole('link', { name: /General/ })
    .click();
  await ada.page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: /General/ })
    .click();
  const conversation = ada.page.getByRole('region', { name: 'Conversation in General' });
  await conversation.getByRole('article', { name: /^林美 大家早/ }).waitFor();
  await mei.page.getByRole('article', { name: /大家早/ }).waitFor();

  const composer = ada.page.getByRole('textbox', { name: 'Message to General' });
  await composer.fill('Good morning 林美');
  await ada.page.getByRole('button', { name: 'Send' }).click();
  const heard = mei.page.getByRole('log', { name: '新消息播报' });
  await heard.getByText('Ada Whitfield: Good morning 林美').waitFor();
  await mei.page.getByRole('article', { name: /^Ada Whitfield Good morning 林美/ }).waitFor();
  await mei.page.getByRole('textbox', { name: '发到“General”的消息' }).fill('今天几点开会？');
  await mei.page.keyboard.press('Enter');
  await conversation.getByRole('article', { name: /^林美 今天几点开会？/ }).waitFor();
  const said = ada.page.getByRole('log', { name: 'New messages, read out' });
  await said.getByText('林美: 今天几点开会？').waitFor();
  assert.equal(await said.getByText('今天几点开会？').count(), 1);
  assert.equal(await heard.getByText('Good morning').count(), 1, 'each is said once');
  assert.equal(await said.getByText('Good morning').count(), 0, 'and nobody is read what they wrote themselves');
  assert.deepEqual(await nameless(ada.page), []);

  await composer.fill('At tree');
  await composer.press('Enter');
  await heard.getByText('Ada Whitfield: At tree').waitFor();
  await conversation.getByRole('article', { name: /^Ada Whitfield At tree/ }).press('Enter');
  await ada.page.getByRole('menu').getByRole('menuitem', { name: 'Edit' }).click();
  const box = ada.page.getByRole('textbox', { name: 'Edit message' });
  await box.fill('At three');
  await box.press('Enter');
  await mei.page.getByRole('article', { name: /^Ada Whitfield At three/ }).waitFor();
  await mei.page.getByRole('button', { name: /^已编辑/ }).click();
  await mei.page.getByRole('dialog', { name: '之前的版本' }).getByText('At tree').waitFor();
  await mei.page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  assert.equal(await heard.getByText('At three').count(), 0, 'an edit is not announced as a new message');

  await composer.fill('Not for here');
  await composer.press('Enter');
  await heard.getByText('Ada Whitfield: Not for here').waitFor();
  await conversation.getByRole('article', { name: /^Ada Whitfield Not for here/ }).press('Enter');
  await ada.page.getByRole('menuitem', { name: /^Recall/ }).click();
  await conversation.getByRole('article', { name: /^You recalled a message/ }).waitFor();
  await mei.page.getByRole('article', { name: '“Ada Whitfield”撤回了一条消息' }).waitFor();
  assert.equal(await heard.getByText('Not for here').count(), 0, 'P6 what is recalled does not stay in the region');
  await conversation.getByRole('button', { name: 'Edit again' }).click();
  assert.equal(await composer.inputValue(), 'Not for here');
  await composer.fill('');

  await ada.page.getByRole('link', { name: 'Members' }).click();
  const panel = ada.page.getByRole('region', { name: 'Details' });
  await panel.getByRole('heading', { name: '2 members' }).waitFor();
  assert.deepEqual(await nameless(ada.page), []);
  await panel.getByRole('button', { name: /^Actions for 林美/ }).click();
  await ada.page.getByRole('menuitem', { name: 'Send a direct message' }).click();
  await ada.page.getByRole('textbox', { name: 'Message to 林美' }).fill('Just between us');
  await ada.page.keyboard.press('Enter');
  await mei.page.getByRole('link', { name: /Ada Whitfield.*Just between us.*1 条未读消息/ }).click();
  await mei.page.getByRole('heading', { name: 'Ada Whitfield', exact: true }).waitFor();

  await ada.page.getByRole('button', { name: /^Go to/ }).click();
  await ada.page.getByRole('combobox', { name: 'Go to' }).fill('settings');
  assert.deepEqual(await nameless(ada.page), []);
  await ada.page.getByRole('option', { name: 'Settings', exact: true }).click();
  await ada.page.getByRole('heading', { name: 'Settings' }).waitFor();
  await ada.page.getByRole('button', { name: 'Sign out' }).click();
  await ada.page.getByRole('dialog', { name: 'Sign out?' }).getByRole('button', { name: 'Sign out' }).click();
  await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual([...ada.errors, ...mei.errors], []);
});
