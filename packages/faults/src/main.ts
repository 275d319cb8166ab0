import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NODES } from './nemesis/nodes.ts';
import { STORE } from './nemesis/store.ts';
import { run } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '15' },
    only: { type: 'string', multiple: true },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const seconds = 60 * Number(values.minutes);
if (!Number.isSafeInteger(seed) || !(seconds > 0))
  throw new TypeError('--seed is a whole number, --minutes a number above 0');
const all = [...NODES, ...STORE];
const nemeses = values.only === undefined ? all : all.filter(({ name }) => values.only?.includes(name));
if (nemeses.length === 0) throw new TypeError(`--only takes one of ${all.map(({ name }) => name).join(', ')}`);

const file = join(mkdtempSync(join(tmpdir(), 'rill-history-')), `history-${seed}.ndjson`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`seed ${seed}, ${seconds} s, history in ${file}`);
const { violations, figures } = await run({ seed, seconds, nemeses, file, say });
say(
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · '),
);
for (const { rule, says } of violations.slice(0, 50)) say(`${rule}  ${says}`);
say(violations.length === 0 ? `all promises held; seed ${seed}` : `${violations.length} violations; seed ${seed}`);
process.exitCode = violations.length === 0 ? 0 : 1;
