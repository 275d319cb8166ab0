import { setTimeout as sleep } from 'node:timers/promises';
import type { Peer } from '../peer.ts';
import { TEXT } from '../payload.ts';
import { cpuSeconds } from '../processes.ts';
import { quantile } from '../report.ts';

export interface SendsFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpu: number;
  readonly redisCpu: number;
}

/** Sockets a person, who is alone in a room: the fan-out is small beside the sending. */
const A_PERSON = 2;

/** Clients that each send as soon as the last message was acknowledged, or at a rate in all. */
export async function sends(peer: Peer, clients: number, seconds: number, rate?: number): Promise<SendsFigures> {
  const running = await peer.start(clients / A_PERSON);
  try {
    const speakers = await running.speakers(Array.from({ length: clients }, (_, at) => [Math.floor(at / A_PERSON)]));
    const late: number[] = [];
    let [talking, counting] = [true, false];
    const every = rate === undefined ? 0 : (1_000 * clients) / rate;
    const talks = speakers.map(async (speaker, at) => {
      let next = performance.now() + Math.random() * every;
      while (talking) {
        if (every > 0) {
          const wait = next - performance.now();
          next += every;
          if (wait > 1) await sleep(wait);
        }
        const from = performance.now();
        await speaker.say(Math.floor(at / A_PERSON), TEXT);
        if (counting) late.push(performance.now() - from);
      }
    });
    await sleep(2_000);
    counting = true;
    const now = () => ({
      server: cpuSeconds(running.pid),
      redis: cpuSeconds(running.redisPid ?? running.pid),
      at: performance.now(),
    });
    const before = now();
    await sleep(seconds * 1_000);
    counting = false;
    const after = now();
    talking = false;
    await Promise.all(talks);
    const took = (after.at - before.at) / 1_000;
    late.sort((one, other) => one - other);
    return {
      perSecond: late.length / took,
      p50Ms: quantile(late, 0.5),
      p99Ms: quantile(late, 0.99),
      serverCpu: (after.server - before.server) / took,
      redisCpu: (after.redis - before.redis) / took,
    };
  } finally {
    await running.stop();
  }
}
