import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPeer } from './peer.ts';
import { cpuSeconds, residentBytes } from './processes.ts';

/** What the processes took while something was measured; CPU in CPUs, 1 being the whole of one. */
export interface Taken {
  readonly seconds: number;
  readonly serverCpu: number;
  readonly redisCpu: number;
  /** Near 1, it is the load that was measured. */
  readonly loadCpu: number;
  /** By which the servers' resident memory grew, in MiB. */
  readonly grownMib: number;
}

/** Lets the time pass and reads before and after it, as the operating system counts. */
export async function meter({ pids, redisPid }: RunningPeer, seconds: number): Promise<Taken> {
  const now = () => {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      server: pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
      redis: redisPid === undefined ? 0 : cpuSeconds(redisPid),
      load: (user + system) / 1e6,
      resident: pids.reduce((sum, pid) => sum + residentBytes(pid), 0),
    };
  };
  const before = now();
  await sleep(seconds * 1_000);
  const after = now();
  const took = (after.at - before.at) / 1_000;
  return {
    seconds: took,
    serverCpu: (after.server - before.server) / took,
    redisCpu: (after.redis - before.redis) / took,
    loadCpu: (after.load - before.load) / took,
    grownMib: (after.resident - before.resident) / 2 ** 20,
  };
}
