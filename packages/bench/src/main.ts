import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { pin } from './processes.ts';
import { beginReport, cell, keepReport, table, tableOf } from './report.ts';
import { isMet, type Scale, type Scenario } from './scenario.ts';
import { catchUp } from './scenarios/catch-up.ts';
import { fullSpeed, livelyRoom } from './scenarios/fan-out.ts';
import { idleSockets } from './scenarios/idle.ts';
import { busyRooms, quietRooms } from './scenarios/many-rooms.ts';
import { pages } from './scenarios/pages.ts';
import { durableSends } from './scenarios/sends.ts';
import { stalledFifth } from './scenarios/stalled.ts';
import { reconnectStorm } from './scenarios/storm.ts';
import { twoNodes } from './scenarios/two-nodes.ts';
import { web } from './web/web.ts';

const SCENARIOS: readonly Scenario[] = [
  ...[livelyRoom, fullSpeed, quietRooms, busyRooms, durableSends, idleSockets],
  ...[reconnectStorm, catchUp, pages, stalledFifth, twoNodes],
  ...web,
];

const HELP = `Measures Rill, and what it is compared with, while the machine does nothing else.

  npm run bench -- [scenario …] [--seconds 10] [--part 1]

  scenario   a part of its name; without any: all of them
${SCENARIOS.map(({ name }) => `             ${name}`).join('\n')}
  --part     so much of the sockets and messages: for a quick look, whose figures are no figures
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    part: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const part = Number(values.part);
const scale: Scale = { seconds: Number(values.seconds), of: (count) => Math.max(2, Math.round(count * part)) };
const chosen = SCENARIOS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((each) => name.includes(each)),
);

pin(process.pid, 'load');
const finish = beginReport();
const kept: Record<string, object> = {};
const bars: string[][] = [['', 'measured', 'bar', 'met']];
for (const { name, run } of chosen) {
  console.log(`\n${name}`);
  const outcome = await run(scale);
  console.log(tableOf(outcome.figures));
  const judged = outcome.bars.map((bar) => ({ ...bar, met: isMet(bar) }));
  kept[name] = { figures: outcome.figures, bars: judged };
  for (const { what, figure, is, bar, met } of judged) {
    bars.push([`${name}: ${what}`, cell(figure), `${is} ${cell(bar)}`, met ? 'yes' : 'NO']);
  }
}
console.log(`\n${table(bars)}`);
console.log(`\nkept in ${relative('.', await keepReport('bench', finish({ ...values, scenarios: kept })))}`);
process.exit();
