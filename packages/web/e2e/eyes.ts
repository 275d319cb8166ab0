import { until } from '@rill/harness';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** How a person looks at the page. */
export interface Eyes {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
  readonly locale: 'en' | 'zh-CN';
  /** `more`: asks for more contrast; `forced`: the system's own few colours. */
  readonly contrast?: 'more' | 'forced';
  /** All tabs share one line. Not unless it is asked for: nobody here can cut a line that is a shared worker's. */
  readonly sharesLine?: boolean;
}

/** `zoomed` is a laptop's window at 200 %. */
const SIZES = {
  desk: { width: 1440, height: 900, touch: false, dots: 1 },
  phone: { width: 390, height: 844, touch: true, dots: 2 },
  small: { width: 360, height: 740, touch: true, dots: 2 },
  wide: { width: 2560, height: 1440, touch: false, dots: 1 },
  zoomed: { width: 640, height: 400, touch: false, dots: 2 },
} as const;

/** A browser of one person's own. */
export async function look(browser: Browser, eyes: Eyes): Promise<BrowserContext> {
  const { size, theme, locale, contrast, sharesLine } = eyes;
  const { width, height, touch, dots } = SIZES[size];
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale,
    timezoneId: 'Asia/Shanghai',
    hasTouch: touch,
    isMobile: touch,
    deviceScaleFactor: dots,
    ...(contrast === 'more' ? { contrast: 'more' } : {}),
    ...(contrast === 'forced' ? { forcedColors: 'active' } : {}),
  });
  if (sharesLine !== true) await context.addInitScript(() => void Reflect.deleteProperty(globalThis, 'SharedWorker'));
  return context;
}

/** Everything that went wrong on a page, in the order it did. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error.message}\n${error.stack ?? ''}`));
  page.on('console', (message) => {
    // A refused request is the server's word, and what is ignored over plain http the browser's: not the page's fault.
    const isTheirs = /^Failed to load resource|^The Cross-Origin-Opener-Policy header has been ignored/.test(
      message.text(),
    );
    if (message.type() === 'error' && !isTheirs) errors.push(message.text());
  });
  return errors;
}

/** Signs in by the form. */
export async function signInOn(page: Page, url: string, username: string, password: string): Promise<void> {
  await page.goto(url);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('.house');
}

/** Waits until the page of somebody with something unread listens to what calls, which comes after the first screen. */
export async function watched(page: Page): Promise<void> {
  await page.locator('link[rel="icon"][href^="data:"]').waitFor({ state: 'attached' });
}

/** The message whose words these are. */
export const messageWith = (page: Page, text: string) => page.locator('.message', { hasText: text });

/** Writes into the room that is open, and sends. Under a dialog the composer is inert, and what is typed is lost. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  const composer = page.locator('.composer textarea');
  await composer.fill(text);
  await composer.press('Enter');
}

/**
 * Holds the page's line to the server in hand: what is returned cuts it, and takes the network away. Not before it is there:
 * what a page shows at once is what the browser kept, and a line that never came is no line that goes.
 */
export async function lineOf(page: Page): Promise<() => Promise<void>> {
  const lines: { close(): Promise<void> }[] = [];
  let current = { isThere: false };
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) current = { isThere: false };
  });
  await page.routeWebSocket(/\/api\/v1\/live$/, (line) => {
    const own = current;
    const server = line.connectToServer();
    server.onMessage((message) => {
      own.isThere = true;
      line.send(message);
    });
    lines.push(line);
  });
  return async () => {
    await until('the page has its line', () => current.isThere);
    await page.context().setOffline(true);
    await Promise.all(lines.splice(0).map((line) => line.close()));
  };
}

/** Presses the last of a message's tools, which come when the pointer comes to it: what moves it away moves the pointer again. */
export async function pressTools(row: Locator): Promise<void> {
  const tools = row.locator('.message-tools button').last();
  const press = () =>
    tools.click({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  await row.hover();
  for (let tries = 0; !(await press()); tries += 1) {
    if (tries === 20) throw new Error('no tools came');
    await row.page().mouse.move(0, 0);
    await row.hover();
  }
}

/**
 * Waits until the browser keeps a message, of a room or still to be sent: a moment after it is shown, and a page that is left
 * before then has not kept it.
 */
export async function messageKept(page: Page, text: string, where: 'tails' | 'entries' = 'tails'): Promise<void> {
  await page.waitForFunction(
    ([store, sought]) =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('rill');
        opening.onsuccess = () => {
          const asking = opening.result.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(asking.result).includes(sought));
          };
        };
      }),
    [where, text] as const,
  );
}

/**
 * Waits until the program itself is kept in the browser, and opens the page anew: from then on every part of it is there
 * without a network. What the first page had asked the network for would fail with it.
 */
export async function programKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(async () => {
    const [name] = await caches.keys();
    const isKept = name !== undefined && (await (await caches.open(name)).keys()).length > 20;
    return isKept && navigator.serviceWorker.controller !== null;
  });
  await page.reload();
  await page.waitForSelector('.house');
}
