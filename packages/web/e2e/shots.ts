/**
 * Photographs every screen and state in a real browser: at a desk and on a phone, light and dark, in both languages.
 * `npm run shots` takes all; `npm run shots -- members desk dark` only those whose name has all these words.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser, PASSWORD } from '@rill/harness';
import type { Browser } from 'playwright-core';
import { type Eyes, look, signInOn, watchErrors } from './eyes.ts';
import { SCENES } from './scenes.ts';
import { type Stage, setStage } from './stage.ts';

const FOLDER = join(import.meta.dirname, '../shots');
const wanted = process.argv.slice(2);
const settled = 450;

const ALL: readonly Eyes[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['zh-CN', 'en'] as const).map((locale) => ({ size, theme, locale })),
  ),
);

async function photograph(browser: Browser, stage: Stage, eyes: Eyes): Promise<number> {
  const { size, theme, locale } = eyes;
  let taken = 0;
  for (const inside of [false, true]) {
    const scenes = SCENES.filter(
      (scene) =>
        scene.inside === inside && wanted.every((word) => `${scene.name} ${size} ${theme} ${locale}`.includes(word)),
    );
    if (scenes.length === 0) continue;
    const context = await look(browser, eyes);
    const first = await context.newPage();
    if (inside) await signInOn(first, stage.server.url, stage.owner.username, PASSWORD);
    await first.close();
    for (const scene of scenes) {
      const page = await context.newPage();
      const errors = watchErrors(page);
      try {
        await scene.go(page, stage);
        await page.waitForFunction(() => document.querySelector('.house, .gate') !== null);
        await page.waitForFunction(() => document.querySelector('.main:empty, .loading') === null);
        await page.waitForTimeout(settled);
        await page.screenshot({ path: join(FOLDER, `${scene.name}.${size}.${theme}.${locale}.png`) });
        taken += 1;
      } catch (error) {
        errors.push(String(error));
        await page.screenshot({ path: join(FOLDER, `${scene.name}.${size}.${theme}.${locale}.failed.png`) });
      }
      for (const error of errors) console.error(`${scene.name} ${size} ${theme} ${locale}: ${error}`);
      if (errors.length > 0) process.exitCode = 1;
      await context.setOffline(false);
      await page.close();
    }
    await context.close();
  }
  return taken;
}

await mkdir(FOLDER, { recursive: true });
const stage = await setStage();
const browser = await launchBrowser();
let taken = 0;
try {
  for (const eyes of ALL) taken += await photograph(browser, stage, eyes);
  console.log(`${taken} pictures in ${FOLDER}`);
  if (taken === 0) process.exitCode = 1;
} finally {
  await browser.close();
  await stage.server.stop();
}
