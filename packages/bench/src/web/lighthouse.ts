import { createServer } from 'node:net';
import { launchProfile, PASSWORD } from '@rill/harness';
import lighthouse from 'lighthouse';
import desk from 'lighthouse/core/config/desktop-config.js';
import type { BrowserContext } from 'playwright-core';
import { atLeast, type Scenario } from '../scenario.ts';
import { onStage } from './stage.ts';

const BAR = 95;
/** Long enough for the device to keep what was shown. */
const KEPT_MS = 2_000;

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

/**
 * What Lighthouse says of the sign-in page, on the first visit ever, and of a conversation, opened anew by whoever signed
 * in there.
 */
export const lighthouseScores: Scenario = {
  name: 'web lighthouse',
  run: ({ of }) =>
    onStage(of(3_000), async (stage) => {
      const port = await freePort();
      const context = await launchProfile({ locale: 'en' }, [`--remote-debugging-port=${port}`]);
      try {
        const figures: Record<string, Scores> = {};
        const look = async (name: string, url: string) => {
          for (const on of ['phone', 'desk'] as const) figures[`${name}, ${on}`] = await audit(url, port, on);
        };
        await look('sign-in', stage.server.url);
        const conversation = `${stage.server.url}/rooms/${stage.room.id}`;
        await signInTo(conversation, context, stage.reader.username);
        await look('a conversation', conversation);
        const bars = Object.entries(figures).flatMap(([name, scores]) => [
          atLeast(BAR, `${name}: performance`, scores.performance),
          atLeast(BAR, `${name}: accessibility`, scores.accessibility),
          atLeast(BAR, `${name}: best practices`, scores.bestPractices),
          atLeast(BAR, `${name}: SEO`, scores.seo),
        ]);
        return { figures, bars };
      } finally {
        await context.close();
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

/** As a person does, by the form: it leaves in the browser what it leaves. */
async function signInTo(url: string, context: BrowserContext, username: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.message').last().waitFor();
  await page.waitForTimeout(KEPT_MS);
  await page.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
