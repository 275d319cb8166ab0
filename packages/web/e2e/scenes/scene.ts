import { PASSWORD } from '@rill/harness';
import type { BrowserContext, Page } from 'playwright-core';
import { messageWith, pressTools, say, signInOn } from '../eyes.ts';
import type { Stage } from '../stage.ts';

/** A screen or a state, and how one comes to it. */
export interface Scene {
  readonly name: string;
  /** Who is signed in before it. */
  readonly who: Who;
  /** Takes long to set up: it is photographed, and not run through every check. */
  readonly costly?: true;
  readonly go: (page: Page, stage: Stage) => Promise<void>;
}

export const WHO = ['nobody', 'owner', 'guest', 'neighbour', 'newcomer', 'beginner'] as const;
export type Who = (typeof WHO)[number];

/** Signs somebody in to a browser. */
export async function enter(context: BrowserContext, stage: Stage, who: Who): Promise<void> {
  if (who === 'nobody') return;
  const page = await context.newPage();
  const { url } = who === 'beginner' ? stage.begun : stage.server;
  await signInOn(page, url, stage[who].username, PASSWORD);
  await page.close();
}

/** Resolves when something stands on the page, and nothing of it is still loading. */
export async function arrived(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.house, .gate, .empty, .page') !== null);
  await page.waitForFunction(() => document.querySelector('.main:empty, .loading:not(.page *)') === null);
}

/** Opens an address of the server. */
export const at = (path: string) => async (page: Page, stage: Stage) => {
  await page.goto(stage.server.url + path);
};

/** Opens a room and waits until something said there is on the screen; or a place in it, which a phone shows alone. */
export const inRoom =
  (name: keyof Stage['rooms'], place = '') =>
  async (page: Page, stage: Stage) => {
    await page.goto(`${stage.server.url}/rooms/${stage.rooms[name].id}${place}`);
    await page.waitForSelector(place === '' ? '.message' : '.panel');
  };

/** Opens the menu of a message, by the pointer or as a finger's long press would. */
export const more = async (page: Page, text: string) => {
  const row = messageWith(page, text).last();
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
    await row.focus();
    await page.keyboard.press('Enter');
  } else {
    await pressTools(row);
  }
  await page.waitForSelector('.menu');
};

/** Something of one's own, at most once a stage. */
export const own = async (page: Page, text: string) => {
  await page.waitForSelector('.message');
  if ((await messageWith(page, text).count()) === 0) await say(page, text);
  await messageWith(page, text).last().waitFor();
};
