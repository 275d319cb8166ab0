import { inRoom, more, own, type Scene } from './scene.ts';

const MINE = '收到，我今晚看一遍清单。';

/** What can be done with a message, and what becomes of it. */
export const MESSAGES: readonly Scene[] = [
  {
    name: 'message-near',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('release')(page, stage);
      await own(page, MINE);
      await page.locator('.message', { hasText: MINE }).last().hover();
    },
  },
  {
    name: 'message-menu',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('release')(page, stage);
      await own(page, MINE);
      await more(page, MINE);
    },
  },
  {
    name: 'message-edit',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('release')(page, stage);
      await own(page, MINE);
      await page.locator('.composer textarea').press('ArrowUp');
      await page.waitForSelector('.edit-box');
    },
  },
  {
    name: 'message-versions',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('design')(page, stage);
      await page.locator('.message-edited').first().click();
      await page.waitForSelector('.versions');
    },
  },
  {
    name: 'message-recalled',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('quiet')(page, stage);
      await own(page, 'I can bring twelve copies.');
      await more(page, 'I can bring twelve copies.');
      await page.locator('.menu-item', { hasText: /撤回|Recall/ }).click();
      await page.waitForSelector('.notice-act');
    },
  },
  {
    name: 'message-hide',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await more(page, 'Works for me.');
      await page.locator('.menu-item', { hasText: /仅为我删除|Delete for me/ }).click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'message-remove',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await more(page, 'Works for me.');
      await page.locator('.menu-danger').click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'completion',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await page.locator('.composer textarea').pressSequentially('@');
      await page.waitForSelector('.completion-option');
    },
  },
  {
    name: 'composer-over',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('general')(page, stage);
      await page.locator('.composer textarea').fill('太长了。'.repeat(3_010));
      await page.waitForSelector('.composer-over');
    },
  },
];
