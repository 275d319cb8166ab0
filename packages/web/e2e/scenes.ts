import { PASSWORD } from '@rill/harness';
import type { Page } from 'playwright-core';
import { lineOf, messageWith, say } from './eyes.ts';
import type { Stage } from './stage.ts';

/** A screen or a state, and how one comes to it. */
export interface Scene {
  readonly name: string;
  /** Whether somebody is signed in before it. */
  readonly inside: boolean;
  readonly go: (page: Page, stage: Stage) => Promise<void>;
}

const at = (path: string) => async (page: Page, stage: Stage) => {
  await page.goto(stage.server.url + path);
};
const room = (stage: Stage, name: keyof Stage['rooms']) => `${stage.server.url}/rooms/${stage.rooms[name].id}`;
const more = async (page: Page, text: string) => {
  const row = messageWith(page, text).last();
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
    await row.focus();
    await page.keyboard.press('Enter');
  } else {
    await row.hover();
    await row.locator('.message-tools button').last().click();
  }
  await page.waitForSelector('.menu');
};
/** Something of one's own, at most once a stage. */
const own = async (page: Page, text: string) => {
  await page.waitForSelector('.message');
  if ((await messageWith(page, text).count()) === 0) await say(page, text);
  await messageWith(page, text).last().waitFor();
};

export const SCENES: readonly Scene[] = [
  { name: 'sign-in', inside: false, go: at('/sign-in') },
  {
    name: 'sign-in-wrong',
    inside: false,
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/sign-in`);
      await page.fill('[name=username]', 'mei');
      await page.fill('[name=password]', 'not the password');
      await page.click('button[type=submit]');
      await page.waitForSelector('.banner-danger');
    },
  },
  { name: 'register', inside: false, go: at('/register#invite=0123456789') },
  {
    name: 'register-wrong',
    inside: false,
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/register`);
      await page.fill('[name=username]', 'ada');
      await page.fill('[name=password]', `${PASSWORD} twice`);
      await page.click('button[type=submit]');
      await page.waitForSelector('.field-error');
    },
  },
  { name: 'reset', inside: false, go: at('/reset#reset=0123456789') },
  { name: 'rooms', inside: true, go: at('/') },
  { name: 'room-busy', inside: true, go: async (page, stage) => void (await page.goto(room(stage, 'general'))) },
  { name: 'room-mixed', inside: true, go: async (page, stage) => void (await page.goto(room(stage, 'design'))) },
  {
    name: 'room-direct',
    inside: true,
    go: async (page, stage) => void (await page.goto(`${stage.server.url}/rooms/${stage.direct.id}`)),
  },
  { name: 'room-quiet', inside: true, go: async (page, stage) => void (await page.goto(room(stage, 'quiet'))) },
  { name: 'room-archived', inside: true, go: async (page, stage) => void (await page.goto(room(stage, 'archive'))) },
  { name: 'room-strange', inside: true, go: async (page, stage) => void (await page.goto(room(stage, 'strange'))) },
  { name: 'room-absent', inside: true, go: at('/rooms/7f0000000000000000') },
  {
    name: 'message-menu',
    inside: true,
    go: async (page, stage) => {
      await page.goto(room(stage, 'release'));
      await own(page, '收到，我今晚看一遍清单。');
      await more(page, '收到，我今晚看一遍清单。');
    },
  },
  {
    name: 'message-edit',
    inside: true,
    go: async (page, stage) => {
      await page.goto(room(stage, 'release'));
      await own(page, '收到，我今晚看一遍清单。');
      await page.locator('.composer textarea').press('ArrowUp');
      await page.waitForSelector('.edit-box');
    },
  },
  {
    name: 'message-recalled',
    inside: true,
    go: async (page, stage) => {
      await page.goto(room(stage, 'quiet'));
      await own(page, 'I can bring twelve copies.');
      await more(page, 'I can bring twelve copies.');
      await page.locator('.menu-item', { hasText: /撤回|Recall/ }).click();
      await page.waitForSelector('.notice-act');
    },
  },
  {
    name: 'message-remove',
    inside: true,
    go: async (page, stage) => {
      await page.goto(room(stage, 'general'));
      await page.waitForSelector('.message');
      await more(page, 'Works for me.');
      await page.locator('.menu-danger').click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'members',
    inside: true,
    go: async (page, stage) => void (await page.goto(`${room(stage, 'design')}/members`)),
  },
  {
    name: 'members-add',
    inside: true,
    go: async (page, stage) => {
      await page.goto(`${room(stage, 'design')}/members`);
      await page.locator('.panel button').first().click();
      await page.waitForSelector('.picker-option');
    },
  },
  {
    name: 'room-details',
    inside: true,
    go: async (page, stage) => void (await page.goto(`${room(stage, 'design')}/details`)),
  },
  { name: 'new-room', inside: true, go: at('/new/room') },
  { name: 'new-direct', inside: true, go: at('/new/direct') },
  { name: 'explore', inside: true, go: at('/explore') },
  { name: 'settings-profile', inside: true, go: at('/settings') },
  { name: 'settings-look', inside: true, go: at('/settings/look') },
  { name: 'settings-notifications', inside: true, go: at('/settings/notifications') },
  { name: 'settings-privacy', inside: true, go: at('/settings/privacy') },
  { name: 'settings-password', inside: true, go: at('/settings/password') },
  { name: 'settings-sessions', inside: true, go: at('/settings/sessions') },
  {
    name: 'sign-out',
    inside: true,
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/settings`);
      await page.locator('.settings-ways button').click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'administration-invites',
    inside: true,
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/administration/invites`);
      await page.locator('.invite-form button').click();
      await page.waitForSelector('.secret-link');
    },
  },
  { name: 'administration-users', inside: true, go: at('/administration/users') },
  { name: 'administration-server', inside: true, go: at('/administration/server') },
  { name: 'administration-audit', inside: true, go: at('/administration/audit') },
  {
    name: 'switcher',
    inside: true,
    go: async (page, stage) => {
      await page.goto(room(stage, 'general'));
      await page.waitForSelector('.message');
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.switcher-option');
    },
  },
  {
    name: 'keys',
    inside: true,
    go: async (page, stage) => {
      await page.goto(stage.server.url);
      await page.waitForSelector('.room-row');
      await page.keyboard.press('?');
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'offline',
    inside: true,
    go: async (page, stage) => {
      const cutLine = await lineOf(page);
      await page.goto(room(stage, 'general'));
      await page.waitForSelector('.message');
      await cutLine();
      await say(page, '地铁里没有信号，先写下来。');
      await page.waitForSelector('.banner-caution');
      await page.waitForSelector('.message-sign');
    },
  },
  { name: 'missing', inside: true, go: at('/nowhere') },
];
