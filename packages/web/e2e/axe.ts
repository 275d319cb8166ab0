import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launchBrowser } from '@rill/harness';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { type Eyes, look, watchErrors } from './eyes.ts';
import { arrived, enter, WHO } from './scenes/scene.ts';
import { SCENES } from './scenes/scenes.ts';
import { type Stage, setStage } from './stage.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
const CONTRAST: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };
const OTHER = { light: 'dark', dark: 'light' } as const;
/** `AXE=all`: every scene in both views, and those that take long to set up. */
const ALL = process.env['AXE'] === 'all';
const SEEN = SCENES.filter(({ costly }) => ALL || !costly);

/** What axe finds on a page, a line each. */
async function complaints(page: Page, rules: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: { run(rules: unknown): Promise<AxeResults> } }).axe.run(given),
    rules,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

/** ms for some seventy scenes, each of which has a limit of its own. */
const LONG = 900_000;

/**
 * A test for each person and screen there is, as somebody with these eyes sees them. A file for each: two run at once, and take
 * the scenes in turn, contrast in both themes; `bin/test axe` has both see all.
 * @param turn Whose the first scene is: 0 theirs, 1 the other file's.
 */
export function findNothing(eyes: Eyes, turn: 0 | 1): void {
  const scenes = SEEN.filter((_, at) => ALL || at % 2 === turn);
  let stage: Stage;
  let browser: Browser;
  before(async () => {
    stage = await setStage();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await stage.stop();
  });

  test(`axe finds nothing on any screen: ${eyes.size}, ${eyes.theme}, ${eyes.locale}`, {
    timeout: LONG,
  }, async (context) => {
    for (const who of WHO) {
      const window = await look(browser, eyes);
      await enter(window, stage, who);
      for (const scene of scenes.filter((each) => each.who === who)) {
        await context.test(scene.name, { timeout: 60_000 }, async () => {
          const page = await window.newPage();
          const errors = watchErrors(page);
          try {
            await scene.go(page, stage);
            await arrived(page);
            await page.evaluate(axe);
            assert.deepEqual(await complaints(page, RULES), []);
            // Without motion, or a button is looked at on its way from one colour to the other.
            await page.emulateMedia({ colorScheme: OTHER[eyes.theme], reducedMotion: 'reduce' });
            assert.deepEqual(await complaints(page, CONTRAST), [], OTHER[eyes.theme]);
            assert.deepEqual(errors, []);
          } finally {
            // What one scene took away the next one needs.
            await window.setOffline(false);
            await window.unrouteAll();
            await page.close();
          }
        });
      }
      await window.close();
    }
  });
}
