import { setTimeout as sleep } from 'node:timers/promises';
import type { Peer, RunningPeer, Speaker } from '../peer.ts';
import { TEXT } from '../payload.ts';
import { cpuSeconds, residentBytes } from '../processes.ts';
import type { RawLine } from '../raw-line.ts';
import { quantile } from '../report.ts';

export interface FanOutOptions {
  /** For each listening socket the rooms it is in. */
  readonly listeners: readonly (readonly number[])[];
  /** For each speaking socket the rooms it is in; it speaks in them by turns. */
  readonly speakers: readonly (readonly number[])[];
  readonly rooms: number;
  /** Messages a second in all; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  readonly warmMs: number;
  readonly seconds: number;
  /** So many listeners note when each message comes. */
  readonly watching: number;
  /** Of the listeners, so many at the end of the list stop reading when the measuring begins. */
  readonly stalled?: number;
  readonly text?: string;
}

export interface FanOutFigures {
  /** Growth of the server's memory while it was measured, bytes. */
  readonly grownBytes: number;
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly serverCpu: number;
  readonly redisCpu: number;
  readonly deliveriesPerCpuSecond: number;
  /** From the acknowledgement of a message to its arrival at a socket, ms; below zero: it came before. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How much of its CPU the load took: near 1, it is the load that was measured. */
  readonly loadCpu: number;
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
  const watch = watchLatency(listeners.slice(0, options.watching), options.rooms === 1);
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
  await sleep(options.warmMs);
  watch.begin();
  const resident = residentBytes(running.pid);
  if (options.stalled) for (const { socket } of listeners.slice(-options.stalled)) socket.pause();
  const counted = () => lines.reduce((sum, { count }) => sum + count, 0);
  const before = { said, count: counted(), ...cpuNow(running), at: performance.now() };
  await sleep(options.seconds * 1_000);
  const after = { said, count: counted(), ...cpuNow(running), at: performance.now() };
  watch.end();
  const grownBytes = residentBytes(running.pid) - resident;
  talking = false;
  await Promise.all(talks);
  // What is still under way belongs to nobody's figures.
  await sleep(300);
  const seconds = (after.at - before.at) / 1_000;
  const deliveries = after.count - before.count;
  const late = watch.latencies();
  return {
    grownBytes,
    messagesPerSecond: (after.said - before.said) / seconds,
    deliveriesPerSecond: deliveries / seconds,
    serverCpu: (after.server - before.server) / seconds,
    redisCpu: (after.redis - before.redis) / seconds,
    deliveriesPerCpuSecond: deliveries / (after.server - before.server),
    p50Ms: quantile(late, 0.5),
    p99Ms: quantile(late, 0.99),
    loadCpu: (after.load - before.load) / seconds,
  };
}

function cpuNow({ pid, redisPid }: RunningPeer): { server: number; redis: number; load: number } {
  const { user, system } = process.cpuUsage();
  return {
    server: cpuSeconds(pid),
    redis: redisPid === undefined ? 0 : cpuSeconds(redisPid),
    load: (user + system) / 1e6,
  };
}

/**
 * In one room everybody hears everything in one order: the n-th message that comes to a socket after the first is the
 * n-th message of the room. So nothing has to be parsed to know which one it was.
 */
function watchLatency(lines: readonly RawLine[], oneRoom: boolean) {
  const acks = new Map<number, number>();
  const arrivals: { seq: number; at: number }[] = [];
  let on = false;
  let first = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    let seen = 0;
    line.onCount = () => {
      seen += 1;
      if (on) arrivals.push({ seq: seen, at: performance.now() });
    };
  }
  return {
    acknowledged(seq: number, at: number) {
      if (seq < first) first = seq;
      acks.set(seq, at);
    },
    begin() {
      on = true;
    },
    end() {
      on = false;
    },
    latencies(): number[] {
      if (!oneRoom) return [];
      const late: number[] = [];
      for (const { seq, at } of arrivals) {
        const ack = acks.get(first + seq - 1);
        if (ack !== undefined) late.push(at - ack);
      }
      return late.sort((one, other) => one - other);
    },
  };
}
