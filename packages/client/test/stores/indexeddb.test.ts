import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Store } from '@rill/client';
import { launchBrowser } from '@rill/harness';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { contract } from './contract.ts';
import { serveSources } from './serve.ts';

/** What page.ts exports; it is checked with the browser's types, apart from this file. */
interface StorePage {
  tryStore(name: string): Promise<string | undefined>;
  indexedDbStore(name: string): Store;
}

const PAGE = '/packages/client/test/stores/page.ts';

let browser: Browser;
let context: BrowserContext;
let sources: Awaited<ReturnType<typeof serveSources>>;

before(async () => {
  sources = await serveSources();
  browser = await launchBrowser();
  context = await browser.newContext();
});
after(async () => {
  await browser.close();
  await sources.stop();
});

async function openPage(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(sources.url);
  return page;
}

for (const name of Object.keys(contract)) {
  test(`the IndexedDB store ${name}`, async () => {
    const page = await openPage();
    const wrong = await page.evaluate(
      async ([module, trial]) => {
        const { tryStore } = (await import(module)) as StorePage;
        return tryStore(trial);
      },
      [PAGE, name] as const,
    );
    assert.equal(wrong, undefined);
    await page.close();
  });
}

/** In the page. */
declare const store: Store;

/** A page with a store, and what it asks of it. */
async function openStore(database: string) {
  const page = await openPage();
  await page.evaluate(
    async ([module, name]) => {
      const { indexedDbStore } = (await import(module)) as StorePage;
      Object.assign(globalThis, { store: indexedDbStore(name) });
    },
    [PAGE, database] as const,
  );
  return {
    put: (id: string) =>
      page.evaluate(async (nonce) => {
        const asked = { kind: 'send', nonce, text: 'hi' };
        await store.putEntry({ id: nonce, user: 'u1', room: 'r1', order: 1, at: 1, asked } as never);
      }, id),
    ids: () => page.evaluate(async () => (await store.entries()).map((entry) => entry.id)),
    close: () => page.close(),
  };
}

test('of two open pages each sends its own; what a closed page left is taken by the next', async () => {
  const first = await openStore('tabs');
  const second = await openStore('tabs');
  await first.put('of the first');
  await second.put('of the second');
  assert.deepEqual(await first.ids(), ['of the first']);
  assert.deepEqual(await second.ids(), ['of the second']);
  await first.close();
  const third = await openStore('tabs');
  assert.deepEqual(await third.ids(), ['of the first']);
  assert.deepEqual(await second.ids(), ['of the second']);
  await second.close();
  await third.close();
});
