import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const WHOLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** The same engine without a window around it: every page takes half the time. Decision 0027. */
const WINDOWLESS = '/usr/bin/chromium-headless-shell';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The system's own Chromium, for tests; nothing is downloaded, and nothing talks to anybody but the pages under test.
 * Its contexts are private windows: what they keep is in memory.
 */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] === undefined && existsSync(WINDOWLESS) ? WINDOWLESS : WHOLE;
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** The same as people have it, with its window, for measuring. */
export function launchWholeBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: WHOLE, args: ARGUMENTS });
}

/**
 * The whole one with a profile on disk, as most people's browsers have. Closing it erases the profile. `more`: arguments
 * beside the usual ones.
 */
export async function launchProfile(
  options: BrowserContextOptions,
  more: readonly string[] = [],
): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), 'rill-profile-'));
  const args = [...ARGUMENTS, ...more];
  const context = await chromium.launchPersistentContext(folder, { ...options, executablePath: WHOLE, args });
  context.once('close', () => void rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return context;
}
