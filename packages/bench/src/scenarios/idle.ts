import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCrowd } from '../crowd.ts';
import { socketIo } from '../peers/socket-io.ts';
import { residentBytes } from '../processes.ts';
import type { RawLine } from '../raw-line.ts';
import { atMost, type Scenario } from '../scenario.ts';

const ROOMS = 20;
/** Sockets that come and go before the first look, so that what the first ones bring about is not counted. */
const BEFORE = 200;
const REST_MS = 10_000;

/** A server whose sockets say nothing. */
interface Idle {
  pid(): number;
  open(sockets: number): Promise<readonly RawLine[]>;
  stop(): Promise<void>;
}

/** Resident memory that a signed-in socket costs that hears nothing. */
export const idleSockets: Scenario = {
  name: 'idle sockets',
  async run({ of }) {
    const sockets = of(10_000);
    const rill = await measure(sockets, (env) => startCrowd(sockets, ROOMS, env));
    const theirs = await measure(sockets, startSocketIo);
    return {
      figures: { Rill: rill, 'Socket.IO': theirs },
      bars: [
        atMost(12, 'KiB resident a socket', rill.residentKibEach),
        atMost(1, 'resident a socket, by Socket.IO’s', rill.residentKibEach / theirs.residentKibEach),
      ],
    };
  },
};

async function startSocketIo(env: Record<string, string>): Promise<Idle> {
  const server = await socketIo.start(ROOMS, env);
  const all = Array.from({ length: ROOMS }, (_, room) => room);
  return {
    pid: () => server.pids[0] ?? 0,
    open: (count) => server.listeners(Array.from({ length: count }, () => all)),
    stop: server.stop,
  };
}

/** What each socket costs once all garbage is given back, and how much more it is while nobody has asked for that. */
async function measure(sockets: number, start: (env: Record<string, string>) => Promise<Idle>) {
  const folder = mkdtempSync(join(tmpdir(), 'rill-memory-'));
  const file = join(folder, 'heap');
  const hook = join(import.meta.dirname, '../memory-hook.ts');
  const server = await start({ NODE_OPTIONS: `--expose-gc --import=${hook}`, MEMORY_FILE: file });
  const settled = async () => {
    // Twice: what the first finds out of use, the second gives back.
    for (let times = 0; times < 2; times += 1) {
      await sleep(3_000);
      process.kill(server.pid(), 'SIGWINCH');
    }
    await sleep(2_000);
    return { resident: residentBytes(server.pid()), heap: Number(readFileSync(file, 'utf8')) };
  };
  try {
    for (const line of await server.open(Math.min(BEFORE, sockets))) line.destroy();
    const before = await settled();
    const lines = await server.open(sockets);
    await sleep(REST_MS);
    const untouched = residentBytes(server.pid());
    const after = await settled();
    for (const line of lines) line.destroy();
    const kibEach = (bytes: number) => bytes / 1_024 / sockets;
    return {
      ...{ sockets, rooms: ROOMS },
      residentKibEach: kibEach(after.resident - before.resident),
      heapKibEach: kibEach(after.heap - before.heap),
      withGarbageKibEach: kibEach(untouched - before.resident),
      residentMib: after.resident / 2 ** 20,
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
