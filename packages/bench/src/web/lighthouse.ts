import { createServer } from 'node:net';
import { launchBrowser, PASSWORD } from '@rill/harness';
import lighthouse from 'lighthouse';
import desk from 'lighthouse/core/config/desktop-config.js';
import type { Browser } from 'playwright-core';
import { atLeast, type Scenario } from '../scenario.ts';
import { onStage, type Stage } from './stage.ts';

const BAR = 95;

/** What it takes the page to be looked at on: with nothing said, a phone with a slow line and a quarter of this CPU. */
const ON = { phone: undefined, desk } as const;

interface Scores {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
  /** How fast Lighthouse finds this machine: it takes 1,500 and more to stand for a developer's. */
  readonly machine: number;
  /** What was not all right, by its title. */
  readonly lost: string;
}

/** What Lighthouse says of the sign-in page and of an open conversation. */
export const lighthouseScores: Scenario = {
  name: 'web lighthouse',
  run: ({ of }) =>
    onStage(of(3_000), async (stage) => {
      const port = await freePort();
      const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
      try {
        const figures: Record<string, Scores> = {};
        const look = async (name: string, url: string) => {
          for (const on of ['phone', 'desk'] as const) figures[`${name}, ${on}`] = await audit(url, port, on);
        };
        await look('sign-in', stage.server.url);
        await signInOn(browser, stage);
        await look('a conversation', `${stage.server.url}/rooms/${stage.room.id}`);
        const bars = Object.entries(figures).flatMap(([name, scores]) => [
          atLeast(BAR, `${name}: performance`, scores.performance),
          atLeast(BAR, `${name}: accessibility`, scores.accessibility),
          atLeast(BAR, `${name}: best practices`, scores.bestPractices),
          atLeast(BAR, `${name}: SEO`, scores.seo),
        ]);
        return { figures, bars };
      } finally {
        await browser.close();
      }
    }),
};

async function audit(url: string, port: number, on: keyof typeof ON): Promise<Scores> {
  const flags = { port, output: 'json', logLevel: 'error', disableStorageReset: true } as const;
  const result = await lighthouse(url, flags, ON[on]);
  if (result === undefined) throw new Error('Lighthouse said nothing');
  const { audits, categories, environment, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`Lighthouse: ${runtimeError.message}`);
  const score = (category: string) => Math.round((categories[category]?.score ?? 0) * 100);
  const weighed = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  const lost = weighed.flatMap(({ id }) => {
    const each = audits[id];
    return each === undefined || each.score === null || each.score >= 0.9 ? [] : [each.title];
  });
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    machine: environment.benchmarkIndex,
    lost: [...new Set(lost)].join('; '),
  };
}

/** Lighthouse opens its pages in the browser's own context, which Playwright does not show. */
async function signInOn(browser: Browser, { server, reader }: Stage): Promise<void> {
  const context = await browser.newContext();
  const data = { username: reader.username, password: PASSWORD, session: 'cookie' };
  await context.request.post(`${server.url}/api/v1/login`, { data, headers: { origin: server.url } });
  const cookies = await context.cookies();
  if (cookies.length === 0) throw new Error('the server gave no cookie');
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Storage.setCookies', {
    cookies: cookies.map(({ name, value, path, httpOnly, secure, sameSite }) => ({
      name,
      value,
      path,
      httpOnly,
      secure,
      sameSite,
      url: server.url,
    })),
  });
  await context.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
