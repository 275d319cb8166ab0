import type { Page } from 'playwright-core';

const PAGE = 100;

/** Scrolls back, as somebody would, until so many messages are loaded; resolves to how many there are. */
export async function load(page: Page, count: number): Promise<number> {
  let loaded = PAGE;
  const heard = (response: { url(): string }) => {
    if (/\/messages\?.*before=/.test(response.url())) loaded += PAGE;
  };
  page.on('response', heard);
  while (loaded < count) await page.evaluate('watch.older()');
  page.off('response', heard);
  return loaded;
}
