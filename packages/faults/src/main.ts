import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCommandLine } from '@rill/harness/command-line';
import { CLUSTER } from './nemesis/cluster.ts';
import { NODES } from './nemesis/nodes.ts';
import { STORE } from './nemesis/store.ts';
import { BUGS } from './planted/bugs.ts';
import { plant } from './planted/plant.ts';
import { run } from './run.ts';

const PLANTED_SECONDS = 12;

const HELP = `Breaks things while people talk, and checks what they saw against the promises.

  npm run faults -- [--minutes 15] [--seed 7] [--cluster] [--only node-killed --only redis-killed]
  npm run faults -- --planted [--cluster] [--bug gap-not-seen]

  --minutes  how long people talk while things break
  --seed     the same seed breaks the same things in the same order; printed, and random where none is given
  --cluster  on a Redis Cluster of six, instead of one Redis
  --only     these faults alone:
             ${[...NODES, ...STORE, ...CLUSTER].map(({ name }) => name).join(', ')}
  --planted  puts one bug after another into a copy of the server: each must be found
  --bug      these bugs alone

Exit code 0: all promises held, or every planted bug was found.
`;

const { values, seed, seconds, nemeses, all, on } = readCommandLine(HELP, () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '15' },
      only: { type: 'string', multiple: true },
      cluster: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
      bug: { type: 'string', multiple: true },
    },
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const seconds = 60 * Number(values.minutes);
  if (!Number.isSafeInteger(seed) || !(seconds > 0))
    throw new Error('--seed is a whole number, --minutes one above 0.');
  const on = values.cluster ? ('cluster' as const) : ('single' as const);
  const all = [...NODES, ...(on === 'cluster' ? CLUSTER : STORE)];
  const nemeses = values.only === undefined ? all : all.filter(({ name }) => values.only?.includes(name));
  if (nemeses.length === 0) throw new Error(`--only takes one of ${all.map(({ name }) => name).join(', ')}.`);
  const known = BUGS.map(({ name }) => name);
  const odd = values.bug?.find((name) => !known.includes(name));
  if (odd !== undefined) throw new Error(`${odd} is no planted bug.`);
  return { values, seed, seconds, nemeses, all, on };
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
process.exitCode = values.planted ? await tryPlanted() : await tryOnce();

/** One run of the product as it is. Answers the exit code. */
async function tryOnce(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rill-history-'));
  const file = join(folder, `history-${seed}.ndjson`);
  say(`seed ${seed}, ${seconds} s, history in ${file}`);
  const { violations, figures } = await run({ seed, seconds, on, nemeses, file, say });
  say(
    Object.entries(figures)
      .map(([name, value]) => `${name} ${value}`)
      .join(' · '),
  );
  for (const { rule, says } of violations.slice(0, 50)) say(`${rule}  ${says}`);
  say(violations.length === 0 ? `all promises held; seed ${seed}` : `${violations.length} violations; seed ${seed}`);
  if (violations.length > 0) return 1;
  // A quarter of an hour is gigabytes, and nobody looks into what held.
  rmSync(folder, { recursive: true });
  return 0;
}

/** A short run with each planted bug: each must be found. Answers the exit code. */
async function tryPlanted(): Promise<number> {
  let missed = 0;
  const here = BUGS.filter((bug) => (bug.on ?? 'single') === on);
  const bugs = values.bug === undefined ? here : here.filter(({ name }) => values.bug?.includes(name));
  if (bugs.length === 0) throw new TypeError(`--bug takes one of ${here.map(({ name }) => name).join(', ')}`);
  for (const bug of bugs) {
    const planted = await plant(bug);
    const under = all.filter(({ name }) => bug.under.includes(name));
    const { violations } = await run({
      seed,
      on,
      seconds: PLANTED_SECONDS,
      nemeses: under,
      main: planted.main,
      say: () => {},
    });
    await planted.remove();
    const rules = [...new Set(violations.map(({ rule }) => rule))];
    const found = rules.some((rule) => bug.breaks.includes(rule));
    say(`${found ? 'found' : 'MISSED'}  ${bug.name}: ${rules.join(' ') || 'nothing was red'}`);
    if (!found) missed += 1;
  }
  say(missed === 0 ? `all ${bugs.length} planted bugs were found; seed ${seed}` : `${missed} planted bugs were missed`);
  return missed;
}
