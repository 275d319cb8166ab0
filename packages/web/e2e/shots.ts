/**
 * Photographs every screen and state in a real browser: at a desk and on a phone, light and dark, in both languages;
 * and the most used of them at the sizes and contrasts that are rarer.
 * `npm run shots` takes all; `npm run shots -- members desk dark` only those whose name has all these words.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@rill/harness';
import type { Browser, Page } from 'playwright-core';
import { type Eyes, look, watchErrors } from './eyes.ts';
import { arrived, enter, type Scene, WHO } from './scenes/scene.ts';
import { SCENES } from './scenes/scenes.ts';
import { type Stage, setStage } from './stage.ts';

const FOLDER = join(import.meta.dirname, '../shots');
const wanted = process.argv.slice(2);
const settled = 450;

const EVERYWHERE: readonly Eyes[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['zh-CN', 'en'] as const).map((locale) => ({ size, theme, locale })),
  ),
);
const RARER: readonly Eyes[] = [
  { size: 'small', theme: 'light', locale: 'zh-CN' },
  { size: 'wide', theme: 'dark', locale: 'en' },
  { size: 'zoomed', theme: 'light', locale: 'en' },
  { size: 'desk', theme: 'light', locale: 'zh-CN', contrast: 'more' },
  { size: 'desk', theme: 'dark', locale: 'en', contrast: 'more' },
  { size: 'desk', theme: 'light', locale: 'en', contrast: 'forced' },
];
const MOST_USED = [
  'sign-in',
  'owner',
  'rooms',
  'room-busy',
  'room-strange',
  'members',
  'room-details',
  'message-menu',
  'message-edit',
  'new-room',
  'settings-look',
  'settings-sessions',
  'administration-users',
  'switcher',
  'offline',
];
/** The page of components is no part of what is built: it is served as while developing. */
const GALLERY: Scene = {
  name: 'ui',
  who: 'nobody',
  go: async (page, stage) => {
    await page.goto(await stage.gallery());
    await page.waitForSelector('.page .section');
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 2_600 });
  },
};

const nameOf = ({ name }: Scene, { size, theme, locale, contrast }: Eyes) =>
  [name, size, theme, locale, contrast].filter((part) => part !== undefined).join('.');
const isWanted = (scene: Scene, eyes: Eyes) => wanted.every((word) => nameOf(scene, eyes).includes(word));

/** Takes one picture; returns what went wrong on the page. */
async function take(page: Page, scene: Scene, eyes: Eyes, stage: Stage): Promise<string[]> {
  const errors = watchErrors(page);
  const file = join(FOLDER, nameOf(scene, eyes));
  try {
    await scene.go(page, stage);
    await arrived(page);
    await page.waitForTimeout(settled);
    await page.screenshot({ path: `${file}.png` });
  } catch (error) {
    errors.push(String(error));
    await page.screenshot({ path: `${file}.failed.png` });
  }
  return errors.map((error) => `${nameOf(scene, eyes)}: ${error}`);
}

async function photograph(browser: Browser, stage: Stage, eyes: Eyes, scenes: readonly Scene[]): Promise<number> {
  for (const who of WHO) {
    const these = scenes.filter((scene) => scene.who === who);
    if (these.length === 0) continue;
    const context = await look(browser, eyes);
    await enter(context, stage, who);
    for (const scene of these) {
      const page = await context.newPage();
      const errors = await take(page, scene, eyes, stage);
      for (const error of errors) console.error(error);
      if (errors.length > 0) process.exitCode = 1;
      await context.setOffline(false);
      await context.unrouteAll();
      await page.close();
    }
    await context.close();
  }
  return scenes.length;
}

await mkdir(FOLDER, { recursive: true });
const stage = await setStage();
const browser = await launchBrowser();
let taken = 0;
try {
  for (const eyes of EVERYWHERE) {
    const scenes = [...SCENES, GALLERY].filter((scene) => isWanted(scene, eyes));
    taken += await photograph(browser, stage, eyes, scenes);
  }
  for (const eyes of RARER) {
    const scenes = SCENES.filter((scene) => MOST_USED.includes(scene.name) && isWanted(scene, eyes));
    taken += await photograph(browser, stage, eyes, scenes);
  }
  console.log(`${taken} pictures in ${FOLDER}`);
  if (taken === 0) process.exitCode = 1;
} finally {
  await browser.close();
  await stage.stop();
}
