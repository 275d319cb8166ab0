import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person, signIn } from '@rill/harness';
import type { NewInvite, Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { type Play, play, type Seat } from './scene-of-two.ts';

let stage: Play;
let owner: Seat;
let noor: Seat;
before(async () => {
  stage = await play();
});
after(async () => stage.end());

const OTHER = 'another quiet sentence';
const username = (page: Page) => page.getByLabel('Username');
const name = (page: Page) => page.getByLabel('Name', { exact: true });
const password = (page: Page) => page.getByLabel(/^(New p|P)assword$/);

/** What is said to be wrong with the field that has the focus. */
const wrongAtFocus = (page: Page) =>
  page.evaluate(() => {
    const ids = document.activeElement?.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.getAttribute('role') === 'alert').includes(true)
      ? document.activeElement?.getAttribute('name')
      : undefined;
  });

test('whoever opens a wrong link is asked for the code at its field, and keeps what was written', async () => {
  const { page, context, errors } = await stage.open();
  await page.goto(`${stage.server.url}/#owner=${'0'.repeat(26)}`);
  await username(page).fill('mei');
  await name(page).fill('林美');
  await password(page).fill(PASSWORD);
  assert.equal(await page.getByLabel('One-time code').count(), 0);
  await page.getByRole('button', { name: 'Create the owner’s account' }).click();
  const code = page.getByLabel('One-time code');
  await code.waitFor();
  assert.equal(await wrongAtFocus(page), 'code');
  assert.equal(await name(page).inputValue(), '林美');
  await code.fill(stage.server.ownerCode ?? '');
  await page.getByRole('button', { name: 'Create the owner’s account' }).click();
  await page.getByRole('heading', { name: 'General', exact: true }).waitFor();
  owner = { page, context, username: 'mei', errors };
});

test('what is wrong with a new account stands at the field it is about', async () => {
  await owner.page.getByRole('link', { name: 'Invite people' }).first().click();
  await owner.page.getByRole('button', { name: 'Make a link' }).click();
  const { page, context, errors } = await stage.open();
  await page.goto(await owner.page.getByLabel('Invite link').inputValue());
  const create = page.getByRole('button', { name: 'Create account' });
  await username(page).fill('MEI');
  await password(page).fill(PASSWORD);
  await create.click();
  await page.getByText('Somebody has this username already').waitFor();
  assert.equal(await wrongAtFocus(page), 'username');
  await username(page).fill('noor');
  await password(page).fill('short');
  await create.click();
  await page.getByText('This password is too short').waitFor();
  assert.equal(await wrongAtFocus(page), 'password');
  await password(page).fill(PASSWORD);
  await create.click();
  await page.getByRole('link', { name: 'Find open rooms' }).waitFor();
  noor = { page, context, username: 'noor', errors };
});

test('P7 a link from the owner sets another password, once, and ends every session', async () => {
  const { page } = owner;
  await page.goto(`${stage.server.url}/administration/users`);
  await page.getByRole('button', { name: 'Actions for noor' }).click();
  await page.getByRole('menuitem', { name: 'Make a password reset link' }).click();
  const link = await page.getByRole('dialog').getByLabel('Password reset link').inputValue();
  assert.match(link, /\/reset#reset=/);

  const elsewhere = await stage.open();
  await elsewhere.page.goto(link);
  await password(elsewhere.page).fill(OTHER);
  await elsewhere.page.getByRole('button', { name: 'Set password' }).click();
  await elsewhere.page.getByText('Your password is set').waitFor();
  await noor.page.getByText('You were signed out', { exact: false }).waitFor();

  await elsewhere.page.getByRole('link', { name: 'Sign in' }).click();
  await username(elsewhere.page).fill('noor');
  await password(elsewhere.page).fill(PASSWORD);
  await elsewhere.page.getByRole('button', { name: 'Sign in' }).click();
  await elsewhere.page.getByText('The username or the password is wrong').waitFor();
  await password(elsewhere.page).fill(OTHER);
  await elsewhere.page.getByRole('button', { name: 'Sign in' }).click();
  await elsewhere.page.getByRole('link', { name: 'Find open rooms' }).waitFor();

  const again = await stage.open();
  await again.page.goto(link);
  await password(again.page).fill(OTHER);
  await again.page.getByRole('button', { name: 'Set password' }).click();
  await again.page.getByText('This link was used already').waitFor();
  await again.context.close();
  await elsewhere.context.close();
});

test('an invite that no longer works says so before anything is written; one that does shows the form', async () => {
  const byInvite = await play({ REGISTRATION: 'invite' });
  const maker = await byInvite.server.owner();
  const { code, invite } = await maker.post<NewInvite>('/invites', {});
  const { page, errors } = await byInvite.open();
  await page.goto(`${byInvite.server.url}/register#invite=${code}`);
  await username(page).waitFor();
  await maker.delete(`/invites/${invite.id}`);
  await page.reload();
  await page.getByRole('heading', { name: 'This invite no longer works' }).waitFor();
  assert.equal(await username(page).count(), 0);
  assert.deepEqual(errors, []);
  await byInvite.end();
});

test('P5 the audit log names the room of a removal to whoever is in it, and to nobody else', async () => {
  const mei = await signIn(stage.server.url, 'mei');
  const ada = await stage.server.person();
  const bo = await stage.server.person();
  const remove = async (by: Person, room: Room, text: string) => {
    const { seq } = await bo.say(room.id, text);
    await by.post(`/rooms/${room.id}/messages/${seq}/remove`, {});
  };
  await remove(mei, await mei.makeRoom({ kind: 'open', name: 'Harbour', members: [bo.id] }), 'spam');
  await remove(ada, await ada.makeRoom({ name: 'Ours alone', members: [bo.id] }), 'more spam');
  const { page } = owner;
  await page.goto(`${stage.server.url}/administration/audit`);
  const removals = page
    .getByRole('region', { name: 'Conversation' })
    .getByRole('listitem')
    .filter({ hasText: 'removed a message' });
  await removals.nth(1).waitFor();
  assert.match((await removals.nth(0).textContent()) ?? '', / · in a room you are not in$/);
  await removals.nth(1).getByText('Harbour · 2').waitFor();
  assert.equal(await page.getByText('Ours alone').count(), 0);
});

test('nothing went wrong on any page', () => {
  assert.deepEqual([...owner.errors, ...noor.errors], []);
});
