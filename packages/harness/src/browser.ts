import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
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
 * The system's own Chromium; nothing is downloaded, and nothing talks to anybody but the pages under test. `more`:
 * arguments beside the usual ones. Its contexts are private windows: what they keep is in memory.
 */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

/** The same with a profile on disk, as most people's browsers have. Closing it erases the profile. */
export async function launchProfile(
  options: BrowserContextOptions,
  more: readonly string[] = [],
): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), 'rill-profile-'));
  const args = [...ARGUMENTS, ...more];
  const context = await chromium.launchPersistentContext(folder, { ...options, executablePath, args });
  context.once('close', () => void rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return context;
}
