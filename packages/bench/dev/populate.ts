import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRedis, startServerProcess } from '@rill/harness';
import { readCommandLine } from '@rill/harness/command-line';
import type { Room, RoomId } from '@rill/protocol';
import { AS_EMBEDDED } from '../src/redis.ts';
import { beginReport, keepReport, table } from '../src/report.ts';
import { createApi } from './api.ts';
import { type Memory, type PageTimes, timePages, weigh } from './measure.ts';
import { gather, say } from './people.ts';
import { importLines } from './pour.ts';
import { createProgress } from './progress.ts';
import { readTalk } from './talk.ts';

const HELP = `Pours a real conversation into a server of its own, twice: through the public API, its writers folded onto some
accounts, and by import, with their own names and times. Then measures pages and memory, and keeps the figures.

  npm run populate -- [--lines 120000] [--people 200] [--data <folder>]

  --data   keeps what was made there: DATA_DIR=<folder> npm start shows it (owner, "correct horse battery staple");
           where it was made before, it is only measured again
`;

/** Everything that would slow one machine down on purpose. */
const LIMITS = {
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '1000000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_REQUESTS_PER_MINUTE: '100000000',
  LIMIT_REGISTRATIONS_PER_HOUR: '1000000',
  LIMIT_IMPORT_LINES: '500',
};
const ON_THE_WAY = 64;

interface Poured {
  readonly way: 'through the API' | 'by import';
  readonly room: RoomId;
  readonly messages: number;
  readonly seconds: number;
}

interface Timed extends Poured {
  readonly seq: number;
  readonly perSecond: number;
  readonly pages: PageTimes;
}

interface Weighed extends Timed {
  readonly bytesAMessage: Memory;
}

interface Made {
  readonly token: string;
  readonly lines: number;
  readonly from: string;
  readonly poured: readonly Poured[];
}

const { values } = readCommandLine(HELP, () =>
  parseArgs({
    options: {
      lines: { type: 'string', default: '120000' },
      people: { type: 'string', default: '200' },
      data: { type: 'string' },
    },
  }),
);

const report = beginReport();
const dataDir = values.data === undefined ? await mkdtemp(join(tmpdir(), 'rill-populate-')) : resolve(values.data);
await mkdir(dataDir, { recursive: true });
const madeFile = join(dataDir, 'populated.json');
const server = await startServerProcess({ dataDir, env: { ...LIMITS, REGISTRATION: 'open', LOG_LEVEL: 'error' } });
try {
  const made = existsSync(madeFile) ? (JSON.parse(await readFile(madeFile, 'utf8')) as Made) : await make();
  const timed = await timeRooms(made);
  await server.stop();
  await show(made, await weighRooms(timed));
} finally {
  await server.stop();
  if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
}

async function make(): Promise<Made> {
  const { from, lines } = await readTalk(Number(values.lines));
  console.error(`${lines.length.toLocaleString('en')} lines, ${from}`);
  const people = await gather(server.url, server.ownerCode, Number(values.people));
  const [owner] = people;
  if (!owner) throw new Error('there is no owner');

  const said = await owner.makeRoom({ kind: 'open', name: 'Through the API' });
  for (const person of people.slice(1)) await person.put(`/rooms/${said.id}/members/me`);
  const saying = await timed(() => say(people, said.id, lines, ON_THE_WAY));

  const imported = await owner.makeRoom({ kind: 'open', name: 'By import' });
  const progress = createProgress('by import', lines.length);
  const importing = await timed(() =>
    importLines(createApi(server.url, owner.token), imported.id, lines, {
      batch: 500,
      told: (done) => progress.at(done),
    }),
  );
  progress.at(lines.length);
  progress.end();

  const made: Made = {
    token: owner.token,
    lines: lines.length,
    from,
    poured: [
      { way: 'through the API', room: said.id, messages: lines.length, seconds: saying },
      { way: 'by import', room: imported.id, messages: lines.length, seconds: importing },
    ],
  };
  await writeFile(madeFile, JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round((performance.now() - began) / 100) / 10;
}

/** Pages from the running server, one room after another. */
async function timeRooms({ token, poured }: Made): Promise<Timed[]> {
  const api = createApi(server.url, token);
  const rooms: Timed[] = [];
  for (const each of poured) {
    const { seq } = await api.get<Room>(`/rooms/${each.room}`);
    rooms.push({
      ...each,
      seq,
      perSecond: Math.round(each.messages / each.seconds),
      pages: await timePages(api, each.room),
    });
  }
  return rooms;
}

/** Memory from a copy of the stopped server's Redis, run as the server runs it. */
async function weighRooms(rooms: readonly Timed[]): Promise<Weighed[]> {
  const copy = await mkdtemp(join(tmpdir(), 'rill-weigh-'));
  await cp(join(dataDir, 'redis/appendonlydir'), join(copy, 'appendonlydir'), { recursive: true });
  const redis = await startRedis({ folder: copy, settings: AS_EMBEDDED });
  try {
    const client = redis.client();
    const weighed: Weighed[] = [];
    for (const each of rooms) weighed.push({ ...each, bytesAMessage: await weigh(client, each.room, each.seq) });
    return weighed;
  } finally {
    await redis.stop();
    await rm(copy, { recursive: true, force: true });
  }
}

async function show({ from, lines }: Made, rooms: readonly Weighed[]): Promise<void> {
  const weight = (kind: 'logAndState' | 'feed' | 'nonces' | 'rest') =>
    rooms.map(({ bytesAMessage }) => `${bytesAMessage[kind].given} (${bytesAMessage[kind].estimated})`);
  console.log(
    table([
      ['', ...rooms.map(({ way }) => way)],
      ['messages', ...rooms.map(({ messages }) => messages.toLocaleString('en'))],
      ['a second', ...rooms.map(({ perSecond }) => perSecond.toLocaleString('en'))],
      ...(['newest', 'middle', 'first'] as const).map((place) => [
        `page of 50, ${place}: p50, p99 ms`,
        ...rooms.map(({ pages }) => `${pages[place].p50Ms}, ${pages[place].p99Ms}`),
      ]),
      ['slowest by quickest (at most 1.5)', ...rooms.map(({ pages }) => String(pages.factor))],
      ['bytes a message in Redis, in brackets as it estimates:', ...rooms.map(() => '')],
      ['  log and state (at most 100)', ...weight('logAndState')],
      ['  feed', ...weight('feed')],
      ['  nonces', ...weight('nonces')],
      ['  members, marks, the room', ...weight('rest')],
    ]),
  );
  console.log(`\nkept in ${relative('.', await keepReport('populate', report({ lines, from, rooms })))}`);
  const met = rooms.every(
    ({ pages, bytesAMessage: { logAndState } }) => pages.factor <= 1.5 && logAndState.given <= 100,
  );
  if (!met) {
    console.error('a bar was missed');
    process.exitCode = 1;
  }
}
