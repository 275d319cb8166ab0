import { at, inRoom, type Scene } from './scene.ts';

/** Places that are no room, and what lies over all of them. */
export const PLACES: readonly Scene[] = [
  { name: 'new-room', who: 'owner', go: at('/new/room') },
  { name: 'new-direct', who: 'owner', go: at('/new/direct') },
  {
    name: 'new-menu',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(stage.server.url);
      await page.locator('.side-bar button').last().click();
      await page.waitForSelector('.menu');
    },
  },
  { name: 'explore', who: 'owner', go: at('/explore') },
  {
    name: 'explore-none',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/explore`);
      await page.locator('.page input').fill('zzz');
      await page.waitForSelector('.page .empty');
    },
  },
  { name: 'settings-profile', who: 'owner', go: at('/settings') },
  { name: 'settings-look', who: 'owner', go: at('/settings/look') },
  { name: 'settings-notifications', who: 'owner', go: at('/settings/notifications') },
  { name: 'settings-privacy', who: 'owner', go: at('/settings/privacy') },
  { name: 'settings-password', who: 'owner', go: at('/settings/password') },
  { name: 'settings-sessions', who: 'owner', go: at('/settings/sessions') },
  {
    name: 'sign-out',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/settings`);
      await page.locator('.tabbed-foot button').click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'administration-invites',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/administration/invites`);
      await page.locator('.invite-form button').click();
      await page.waitForSelector('.secret-link');
    },
  },
  { name: 'administration-users', who: 'owner', go: at('/administration/users') },
  { name: 'administration-server', who: 'owner', go: at('/administration/server') },
  { name: 'administration-audit', who: 'owner', go: at('/administration/audit') },
  { name: 'administration-refused', who: 'guest', go: at('/administration/users') },
  {
    name: 'switcher',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.switcher-option');
    },
  },
  {
    // Who has a room may look for whatever was typed there.
    name: 'switcher-none',
    who: 'newcomer',
    go: async (page, stage) => {
      await page.goto(stage.server.url);
      await page.waitForSelector('.side');
      await page.keyboard.press('Control+k');
      await page.locator('.switcher-input').fill('zzz');
      await page.waitForSelector('.switcher-none');
    },
  },
  {
    name: 'keys',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(stage.server.url);
      await page.waitForSelector('.room-row');
      await page.keyboard.press('Control+/');
      await page.waitForSelector('dialog[open]');
    },
  },
  { name: 'missing', who: 'owner', go: at('/nowhere') },
];
