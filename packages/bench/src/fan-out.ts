import { setTimeout as sleep } from 'node:timers/promises';
import { watchLatency } from './latency.ts';
import { meter } from './meter.ts';
import { TEXT } from './payload.ts';
import type { Peer, RunningPeer, Speaker } from './peer.ts';
import type { RawLine } from './raw-line.ts';
import { quantile } from './quantile.ts';

const WARM_MS = 2_000;

export interface FanOutOptions {
  /** For each listening socket the rooms it is in. */
  readonly listeners: readonly (readonly number[])[];
  /** For each speaking socket the rooms it is in; it speaks in them by turns. */
  readonly speakers: readonly (readonly number[])[];
  readonly rooms: number;
  /** Messages a second in all; undefined: each as soon as its last was acknowledged. */
  readonly rate?: number | undefined;
  readonly seconds: number;
  /** So many listeners note when each message comes; only where there is one room. */
  readonly watching: number;
  /** Of the listeners, so many at the end of the list stop reading when the measuring begins. */
  readonly stalled?: number;
  readonly text?: string;
}

export interface FanOutFigures {
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly deliveriesPerCpuSecond: number;
  readonly serverCpu: number;
  readonly redisCpu: number;
  readonly loadCpu: number;
  /** From the acknowledgement of a message to its arrival at a socket; NaN where nobody watched. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly grownMib: number;
}

/** Says things in rooms and counts what arrives at everybody in them. */
export async function fanOut(peer: Peer, options: FanOutOptions): Promise<FanOutFigures> {
  const running = await peer.start(options.rooms);
  try {
    const listeners = await running.listeners(options.listeners);
    const speakers = await running.speakers(options.speakers);
    return await measure(running, listeners, speakers, options);
  } finally {
    await running.stop();
  }
}

async function measure(
  running: RunningPeer,
  listeners: readonly RawLine[],
  speakers: readonly Speaker[],
  options: FanOutOptions,
): Promise<FanOutFigures> {
  const lines = [...listeners, ...speakers.map(({ line }) => line)];
  for (const line of lines) line.countFrom = running.messageBytes;
  const watch = watchLatency(listeners.slice(0, options.watching));
  let talking = true;
  let said = 0;
  const talk = async (speaker: Speaker, at: number): Promise<void> => {
    const own = options.speakers[at] ?? [0];
    const every = options.rate === undefined ? 0 : (1_000 * speakers.length) / options.rate;
    let next = performance.now() + Math.random() * every;
    for (let turn = 0; talking; turn += 1) {
      if (every > 0) {
        const wait = next - performance.now();
        next += every;
        if (wait > 0) await sleep(wait);
      }
      const seq = await speaker.say(own[turn % own.length] ?? 0, options.text ?? TEXT);
      watch.acknowledged(seq, performance.now());
      said += 1;
    }
  };
  const talks = speakers.map(talk);
  await sleep(WARM_MS);
  watch.begin();
  if (options.stalled) for (const { socket } of listeners.slice(-options.stalled)) socket.pause();
  const counted = () => lines.reduce((sum, { count }) => sum + count, 0);
  const before = { said, count: counted() };
  const { seconds, ...taken } = await meter(running, options.seconds);
  const [messages, deliveries] = [said - before.said, counted() - before.count];
  watch.end();
  talking = false;
  await Promise.all(talks);
  // What is still under way belongs to nobody's figures.
  await sleep(300);
  const late = watch.latencies();
  return {
    messagesPerSecond: messages / seconds,
    deliveriesPerSecond: deliveries / seconds,
    deliveriesPerCpuSecond: deliveries / (taken.serverCpu * seconds),
    ...taken,
    p50Ms: quantile(late, 0.5),
    p99Ms: quantile(late, 0.99),
  };
}
