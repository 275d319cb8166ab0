import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Page } from 'playwright-core';
import { lineOf, messageWith, pressTools, programKept, say } from './eyes.ts';
import { type Play, type Seat, play } from './scene-of-two.ts';

let stage: Play;
let mei: Seat;
let ada: Seat;
before(async () => {
  stage = await play();
});
after(async () => stage.end());

const path = (page: Page) => new URL(page.url()).pathname;
const openMenu = async (page: Page, text: string) => {
  const row = messageWith(page, text).last();
  await pressTools(row);
};

test('the first person opens the printed link, makes the owner, and lands in a room that says how to invite', async () => {
  const { page, context, errors } = await stage.open({ locale: 'zh-CN' });
  await page.goto(`${stage.server.url}/#owner=${stage.server.ownerCode}`);
  await page.getByLabel('用户名').fill('mei');
  await page.getByLabel('昵称').fill('林美');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '创建所有者账号' }).click();
  await page.getByRole('heading', { name: '大厅', exact: true }).waitFor();
  await page.getByRole('link', { name: '邀请成员' }).click();
  await page.getByRole('button', { name: '生成链接' }).click();
  const link = await page.getByLabel('邀请链接').inputValue();
  assert.match(link, /\/register#invite=/);
  mei = { page, context, username: 'mei', errors };
});

test('the second registers with the invite link, and finds the open room', async () => {
  const link = await mei.page.getByLabel('邀请链接').inputValue();
  const { page, context, errors } = await stage.open();
  await page.goto(link);
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Name', { exact: true }).fill('Ada Whitfield');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: 'Find open rooms' }).click();
  await page.getByRole('button', { name: 'Join: 大厅' }).click();
  await page.getByRole('heading', { name: '大厅', exact: true }).waitFor();
  ada = { page, context, username: 'ada', errors };
});

test('they talk both ways, in Chinese and in English, and each sees it at once', async () => {
  await mei.page.getByRole('link', { name: /大厅/ }).first().click();
  await say(mei.page, '早上好，Ada！');
  await messageWith(ada.page, '早上好，Ada！').waitFor();
  await say(ada.page, 'Good morning 林美 👋');
  await messageWith(mei.page, 'Good morning 林美 👋').waitFor();
  await messageWith(mei.page, '“Ada Whitfield”加入了房间').waitFor();
});

test('what is edited is seen by both, with what it was before', async () => {
  await say(ada.page, 'The meeting is at tree');
  await messageWith(mei.page, 'The meeting is at tree').waitFor();
  await ada.page.locator('.composer textarea').press('ArrowUp');
  const box = ada.page.getByLabel('Edit message');
  await box.fill('The meeting is at three');
  await box.press('Enter');
  const changed = messageWith(mei.page, 'The meeting is at three');
  await changed.waitFor();
  await changed.getByRole('button', { name: /^已编辑/ }).click();
  await mei.page.getByRole('dialog').getByText('The meeting is at tree').waitFor();
  await mei.page.keyboard.press('Escape');
});

test('P6 what is recalled is gone for both, and its author may write it again', async () => {
  await say(mei.page, '说错了的话');
  await messageWith(ada.page, '说错了的话').waitFor();
  await openMenu(mei.page, '说错了的话');
  await mei.page.getByRole('menuitem', { name: /撤回/ }).click();
  await messageWith(ada.page, '林美 recalled a message').waitFor();
  assert.equal(await ada.page.getByText('说错了的话').count(), 0);
  await mei.page.getByRole('button', { name: '重新编辑' }).click();
  assert.equal(await mei.page.locator('.composer textarea').inputValue(), '说错了的话');
  await mei.page.locator('.composer textarea').fill('');
});

test('what one deletes for oneself stays for the other', async () => {
  await openMenu(ada.page, '早上好，Ada！');
  await ada.page.getByRole('menuitem', { name: 'Delete for me' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click();
  await messageWith(ada.page, '早上好，Ada！').waitFor({ state: 'detached' });
  assert.equal(await messageWith(mei.page, '早上好，Ada！').count(), 1);
  await ada.page.reload();
  await messageWith(ada.page, 'Good morning 林美 👋').waitFor();
  await messageWith(ada.page, '早上好，Ada！').waitFor({ state: 'detached' });
});

test('P5 who is removed from a closed room sees nothing of it later', async () => {
  await mei.page.goto(`${stage.server.url}/new/room`);
  await mei.page.getByLabel('名称').fill('秘密计划');
  await mei.page.getByLabel(/私密/).check();
  await mei.page.getByRole('combobox', { name: '添加成员' }).fill('ada');
  await mei.page.getByRole('option', { name: /Ada Whitfield/ }).click();
  await mei.page.getByRole('button', { name: '创建房间' }).click();
  await mei.page.getByRole('heading', { name: '秘密计划', exact: true }).waitFor();
  await ada.page.getByRole('link', { name: /秘密计划/ }).click();
  await say(mei.page, '只有我们知道');
  await messageWith(ada.page, '只有我们知道').waitFor();
  const room = path(ada.page);

  await mei.page.goto(`${stage.server.url}${room}/members`);
  await mei.page.getByRole('button', { name: /Ada Whitfield.*操作/ }).click();
  await mei.page.getByRole('menuitem', { name: '移出房间' }).click();
  await mei.page.getByRole('dialog').getByRole('button', { name: '移出', exact: true }).click();
  await ada.page.getByText('This room is not here').waitFor();
  await say(mei.page, '她看不到这一句');
  await messageWith(mei.page, '她看不到这一句').waitFor();
  assert.equal(await ada.page.getByText('她看不到这一句').count(), 0);
  assert.equal(await ada.page.getByRole('link', { name: /秘密计划/ }).count(), 0);
  await ada.page.goto(stage.server.url + room);
  await ada.page.getByText('This room is not here').waitFor();
  assert.equal(await ada.page.getByText('只有我们知道').count(), 0);
});

test('P2 P3 who goes offline writes on, comes back, and everything is there once and in order', async () => {
  const { page, context } = await stage.open();
  const cut = await lineOf(page);
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /大厅/ }).click();
  await programKept(page);
  await messageWith(page, 'Good morning 林美 👋').waitFor();
  await mei.page.getByRole('link', { name: /大厅/ }).first().click();

  await cut();
  await page.getByText('You are offline', { exact: false }).waitFor();
  await say(page, 'Written in the tunnel, one');
  await say(page, 'Written in the tunnel, two');
  await say(mei.page, '你在隧道里吗？');
  assert.equal(await messageWith(mei.page, 'Written in the tunnel').count(), 0);

  await context.setOffline(false);
  await messageWith(mei.page, 'Written in the tunnel, two').waitFor();
  await messageWith(page, '你在隧道里吗？').waitFor();
  for (const each of [page, mei.page]) {
    const texts = await each.locator('.message-text').allTextContents();
    const told = texts.filter((text) => /tunnel|隧道/.test(text));
    assert.deepEqual(told, ['你在隧道里吗？', 'Written in the tunnel, one', 'Written in the tunnel, two']);
  }
  await context.close();
});

test('a direct conversation is begun by a name and is the same from both sides', async () => {
  await mei.page.goto(`${stage.server.url}/new/direct`);
  await mei.page.getByRole('combobox', { name: '发给' }).fill('Ada');
  await mei.page.getByRole('option', { name: /Ada Whitfield/ }).click();
  await mei.page.getByRole('button', { name: '开始聊天' }).click();
  await mei.page.getByRole('heading', { name: 'Ada Whitfield', exact: true }).waitFor();
  await say(mei.page, '只跟你说');
  await ada.page.goto(stage.server.url);
  await ada.page.getByRole('link', { name: /林美.*只跟你说/ }).click();
  await messageWith(ada.page, '只跟你说').waitFor();
  assert.equal(path(ada.page), path(mei.page));
});

test('P10 the badge counts what is unread, and is gone when it was read', async () => {
  // Where no conversation is open: at the root the last one would be.
  await ada.page.goto(`${stage.server.url}/settings`);
  await ada.page.getByRole('link', { name: /大厅/ }).waitFor();
  await say(mei.page, '第一条');
  await say(mei.page, '第二条');
  const row = ada.page.getByRole('link', { name: /^林美/ });
  await row.getByText('2 unread messages').waitFor({ state: 'attached' });
  // The title follows at most twice a second.
  await ada.page.waitForFunction(() => document.title.startsWith('(2) '));
  await row.click();
  await messageWith(ada.page, '第二条').waitFor();
  await row.getByText('unread').waitFor({ state: 'detached' });
});

test('P7 who signs out elsewhere is told so and sees nothing more', async () => {
  const second = await stage.open();
  await second.page.goto(`${stage.server.url}/sign-in`);
  await second.page.getByLabel('Username').fill('ada');
  await second.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await second.page.getByRole('button', { name: 'Sign in' }).click();
  await second.page.getByRole('link', { name: /大厅/ }).waitFor();
  await ada.page.goto(`${stage.server.url}/settings/sessions`);
  const ends = ada.page.getByRole('button', { name: /^End the session/ });
  await ends.first().waitFor();
  for (let left = await ends.count(); left > 0; left -= 1) {
    await ends.first().click();
    await ends.nth(left - 1).waitFor({ state: 'detached' });
  }
  await second.page.getByText('You were signed out', { exact: false }).waitFor();
  assert.equal(await second.page.getByText('大厅').count(), 0);
  await second.context.close();
});

test('nothing went wrong on either page', () => {
  assert.deepEqual([...mei.errors, ...ada.errors], []);
});
