import { setTimeout as sleep } from 'node:timers/promises';
import { type Crowd, startCrowd } from '../crowd.ts';
import { residentBytes } from '../processes.ts';
import { atMost, type Scenario } from '../scenario.ts';

/** On SIGWINCH the server collects its garbage, so that what is left is what it needs, and says how much that is. */
const COLLECTING =
  '--expose-gc --import=data:text/javascript,process.on(`SIGWINCH`,()=>{globalThis.gc();console.log(`memory`,process.memoryUsage().heapUsed)})';

const ROOMS = 20;
/** Sockets that come and go before the first look, so that what the first ones bring about is not counted. */
const BEFORE = 200;

/** Resident memory that a signed-in socket costs that hears nothing. */
export const idleSockets: Scenario = {
  name: 'idle sockets',
  async run({ of }) {
    const sockets = of(10_000);
    const crowd = await startCrowd(sockets, ROOMS, { NODE_OPTIONS: COLLECTING });
    try {
      for (const line of await crowd.open(Math.min(BEFORE, sockets))) line.destroy();
      const before = await settled(crowd);
      const lines = await crowd.open(sockets);
      const after = await settled(crowd);
      for (const line of lines) line.destroy();
      const kib = (bytes: number) => bytes / 1_024 / sockets;
      const rill = {
        ...{ sockets, rooms: ROOMS },
        residentKibEach: kib(after.resident - before.resident),
        heapKibEach: kib(after.heap - before.heap),
        residentMib: after.resident / 2 ** 20,
      };
      return { figures: { Rill: rill }, bars: [atMost(12, 'KiB resident a socket', rill.residentKibEach)] };
    } finally {
      await crowd.stop();
    }
  },
};

async function settled({ pid, said }: Crowd): Promise<{ resident: number; heap: number }> {
  // Twice: what the first finds out of use, the second gives back.
  for (let times = 0; times < 2; times += 1) {
    await sleep(3_000);
    process.kill(pid(), 'SIGWINCH');
  }
  await sleep(2_000);
  const last = said.findLast((line) => line.startsWith('memory ')) ?? '';
  return { resident: residentBytes(pid()), heap: Number(last.split(' ')[1]) };
}
