import { parseArgs } from 'node:util';
import { plain } from './peers/plain.ts';
import { rill } from './peers/rill.ts';
import { socketIo } from './peers/socket-io.ts';
import { pin } from './processes.ts';
import { beginReport, keepReport, table } from './report.ts';
import { type FanOutFigures, fanOut } from './scenarios/fan-out.ts';
import { catchUp, idle, storm } from './scenarios/rill-only.ts';
import { sends } from './scenarios/sends.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, sockets: { type: 'string', default: '1000' } },
});
const seconds = Number(values.seconds);
const sockets = Number(values.sockets);
const PEERS = [rill(), socketIo, plain];

/** At full speed a fifth of all speak, each as soon as its last message was acknowledged. */
const speaking = (rate: number | undefined) => (rate === undefined ? sockets / 5 : sockets / 25);

const oneRoom = (rate: number | undefined) => ({
  listeners: Array.from({ length: sockets - speaking(rate) }, () => [0]),
  speakers: Array.from({ length: speaking(rate) }, () => [0]),
  rooms: 1,
  rate,
  warmMs: 2_000,
  seconds,
  watching: rate === undefined ? 20 : sockets,
});

/** 500 rooms, each of four people with five sockets; everybody is in five rooms. */
const manyRooms = (rate: number | undefined) => {
  const wanted = Array.from({ length: 2_000 }, (_, at) => {
    const person = Math.floor(at / 5);
    return Array.from({ length: 5 }, (__, room) => (person * 5 + room * 101) % 500);
  });
  return {
    listeners: wanted.slice(0, 1_800),
    speakers: wanted.slice(1_800),
    rooms: 500,
    rate,
    warmMs: 2_000,
    seconds,
    watching: 0,
  };
};

const withStalled = (stalled: number) => ({
  listeners: Array.from({ length: 260 }, () => [0]),
  speakers: Array.from({ length: 20 }, () => [0]),
  rooms: 1,
  rate: 40,
  warmMs: 2_000,
  seconds: Math.max(seconds, 15),
  watching: 200,
  stalled,
  text: 'x'.repeat(8_000),
});

const SCENARIOS: Record<string, () => Promise<unknown>> = {
  'fan-out at 50/s': () => compare(oneRoom(50)),
  'fan-out at full speed': () => compare(oneRoom(undefined)),
  'many rooms at 200/s': () => compare(manyRooms(200)),
  'many rooms at full speed': () => compare(manyRooms(undefined)),
  'durable sends': async () => {
    const full = await sends(rill(), 200, seconds);
    return show({ full, half: await sends(rill(), 200, seconds, full.perSecond / 2) });
  },
  'stalled fifth': async () =>
    show({ none: await fanOut(rill(), withStalled(0)), fifth: await fanOut(rill(), withStalled(52)) }),
  idle: async () => show({ rill: await idle(sockets * 10, 20) }),
  'reconnect storm': async () => show({ rill: await storm(sockets * 5, 200) }),
  'catch-up': async () => show({ rill: await catchUp(10_000) }),
};

function show<Figures extends Record<string, object>>(figures: Figures): Figures {
  const names = Object.keys(Object.values(figures)[0] ?? {});
  const rows = Object.entries(figures).map(([name, each]) => [
    name,
    ...Object.values(each).map((value) => (typeof value === 'number' ? value.toLocaleString('en') : String(value))),
  ]);
  process.stdout.write(`${table([['', ...names], ...rows])}\n`);
  return figures;
}

async function compare(options: Parameters<typeof fanOut>[1]): Promise<Record<string, FanOutFigures>> {
  const figures: Record<string, FanOutFigures> = {};
  for (const peer of PEERS) figures[peer.name] = await fanOut(peer, options);
  const round = (value: number, digits = 0) => value.toFixed(digits);
  const base = figures['Socket.IO']?.deliveriesPerCpuSecond ?? Number.NaN;
  const rows = Object.entries(figures).map(([name, each]) => [
    name,
    round(each.messagesPerSecond),
    round(each.deliveriesPerSecond),
    round(each.serverCpu, 2),
    round(each.redisCpu, 2),
    round(each.loadCpu, 2),
    round(each.deliveriesPerCpuSecond),
    round(each.deliveriesPerCpuSecond / base, 2),
    round(each.p50Ms, 2),
    round(each.p99Ms, 2),
  ]);
  const head = [
    '',
    'messages/s',
    'deliveries/s',
    'server CPU',
    'Redis CPU',
    'load CPU',
    'deliveries/CPU-s',
    '× Socket.IO',
    'p50 ms',
    'p99 ms',
  ];
  process.stdout.write(`${table([head, ...rows])}\n`);
  return figures;
}

pin(process.pid, 'load');
const finish = beginReport();
const chosen = Object.keys(SCENARIOS).filter(
  (name) => positionals.length === 0 || positionals.some((each) => name.includes(each)),
);
const figures: Record<string, unknown> = {};
for (const name of chosen) {
  process.stdout.write(`\n${name}\n`);
  figures[name] = await SCENARIOS[name]?.();
}
process.stdout.write(`\n${await keepReport('bench', finish(figures))}\n`);
process.exit(0);
