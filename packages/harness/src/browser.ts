import { type Browser, chromium } from 'playwright-core';

/**
 * The system's own Chromium; nothing is downloaded, and nothing talks to anybody but the pages under test. `more`:
 * arguments beside the usual ones.
 */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
