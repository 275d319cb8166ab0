import { launchBrowser, PASSWORD, startServer, type TestServer, type TestServerOptions } from '@rill/harness';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Eyes, look, signInOn, watchErrors } from './eyes.ts';

type Clock = NonNullable<TestServerOptions['clock']>;

/** Somebody with a browser of their own, signed in. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly username: string;
  /** What went wrong on the page so far. */
  readonly errors: readonly string[];
}

/** A real server and real browsers, for one test file. */
export interface Play {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens a page in a browser of its own, with nobody signed in. */
  open(eyes?: Partial<Eyes>): Promise<{ page: Page; context: BrowserContext; errors: string[] }>;
  /** Makes an account through the API and signs in by the form. */
  seat(username: string, displayName: string, eyes?: Partial<Eyes>): Promise<Seat>;
  end(): Promise<void>;
}

/** For a server on which tests say more in a moment than a person would. */
export const UNPACED = {
  LIMIT_SENDS_PER_SECOND: '1000',
  LIMIT_SEND_BURST: '10000',
  LIMIT_ROOM_SENDS_PER_SECOND: '10000',
};

export async function play(env: Record<string, string> = {}, clock?: Clock): Promise<Play> {
  const server = await startServer({ env: { NAME: 'Riverside', ...env }, ...(clock === undefined ? {} : { clock }) });
  const browser = await launchBrowser();
  const open = async (eyes: Partial<Eyes> = {}) => {
    const context = await look(browser, { size: 'desk', theme: 'light', locale: 'en', ...eyes });
    const page = await context.newPage();
    return { page, context, errors: watchErrors(page) };
  };
  return {
    server,
    browser,
    open,
    async seat(username, displayName, eyes) {
      await server.person({ username, displayName });
      const { page, context, errors } = await open(eyes);
      await signInOn(page, server.url, username, PASSWORD);
      return { page, context, username, errors };
    },
    async end() {
      await browser.close();
      await server.stop();
    },
  };
}
