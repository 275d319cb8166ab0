import { setTimeout as sleep } from 'node:timers/promises';
import { meter, type Taken } from '../meter.ts';
import { TEXT } from '../payload.ts';
import { rill } from '../peers/rill.ts';
import { quantile } from '../quantile.ts';
import { atLeast, atMost, type Scenario } from '../scenario.ts';

const WARM_MS = 3_000;

interface SendsFigures extends Omit<Taken, 'seconds'> {
  readonly sendsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Every client sends as soon as its last message was acknowledged; then all together half as many a second. */
export const durableSends: Scenario = {
  name: 'durable sends',
  async run({ seconds, of }) {
    const clients = of(200);
    const full = await sends(clients, seconds);
    const half = await sends(clients, seconds, full.sendsPerSecond / 2);
    return {
      figures: { 'full speed': full, 'half of it': half },
      bars: [
        atLeast(10_000, 'acknowledged a second', full.sendsPerSecond),
        atMost(50, 'p99 at half of that, ms', half.p99Ms),
      ],
    };
  },
};

/** Everybody alone in a room, so that it is the sending that is measured: each message comes back to its author. */
async function sends(clients: number, seconds: number, rate?: number): Promise<SendsFigures> {
  const running = await rill().start(clients);
  try {
    const speakers = await running.speakers(Array.from({ length: clients }, (_, at) => [at]));
    const late: number[] = [];
    let [talking, counting] = [true, false];
    const every = rate === undefined ? 0 : (1_000 * clients) / rate;
    const talks = speakers.map(async (speaker, at) => {
      let next = performance.now() + Math.random() * every;
      while (talking) {
        let from: number | undefined;
        if (every > 0) {
          const wait = next - performance.now();
          // Who is behind its time waits already: that counts too.
          if (wait < 0) from = next;
          next += every;
          if (wait > 1) await sleep(wait);
        }
        from ??= performance.now();
        await speaker.say(at, TEXT);
        if (counting) late.push(performance.now() - from);
      }
    });
    await sleep(WARM_MS);
    counting = true;
    const { seconds: took, ...taken } = await meter(running, seconds);
    counting = false;
    talking = false;
    await Promise.all(talks);
    late.sort((one, other) => one - other);
    return { sendsPerSecond: late.length / took, p50Ms: quantile(late, 0.5), p99Ms: quantile(late, 0.99), ...taken };
  } finally {
    await running.stop();
  }
}
