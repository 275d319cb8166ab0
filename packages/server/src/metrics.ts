import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** By which door something came. */
export type Door = 'rest' | 'socket';

/** What goes on among the sockets of this node. */
export interface LiveNow {
  readonly connections: number;
  readonly people: number;
  readonly rooms: number;
}

/** What the server counts of itself. Labels are names of ours, never anything a client chose. */
export interface Metrics {
  request(route: string, method: string, status: number, seconds: number): void;
  /** A message was stored for the first time. */
  sent(door: Door): void;
  redis(call: string, seconds: number): void;
  /** Whom to ask for what goes on now, whenever somebody reads the counters. */
  live(now: () => LiveNow): void;
  readonly contentType: string;
  text(): Promise<string>;
  /** The same as plain objects, to be added up with those of other processes. */
  counts(): Promise<Counts>;
}

export type Counts = readonly object[];

/** The counters of several processes of one server as one. */
export function sum(all: readonly Counts[]): Promise<string> {
  return AggregatorRegistry.aggregate([...all] as object[][]).metrics();
}

const FAST = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A set of counters of its own, with those of the process: event loop lag, memory, CPU, garbage collection. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'rill_http_request_seconds',
    help: 'HTTP requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: FAST,
    registers,
  });
  const sent = new Counter({
    name: 'rill_messages_sent_total',
    help: 'Messages stored for the first time.',
    labelNames: ['door'],
    registers,
  });
  const redis = new Histogram({
    name: 'rill_redis_seconds',
    help: 'Calls of Redis functions, as the server waits for them.',
    labelNames: ['call'],
    buckets: FAST,
    registers,
  });
  // Finding a label anew each time would cost more than the counting.
  const calls = new Map<string, ReturnType<typeof redis.labels>>();
  let now: () => LiveNow = () => ({ connections: 0, people: 0, rooms: 0 });
  const gauge = (name: string, help: string, value: (live: LiveNow) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(now()));
      },
    });
  gauge('rill_sockets', 'Sockets open now.', ({ connections }) => connections);
  gauge('rill_people', 'People with a socket open now.', ({ people }) => people);
  gauge('rill_rooms', 'Rooms that somebody here has open now.', ({ rooms }) => rooms);
  return {
    request: (route, method, status, seconds) => requests.observe({ route, method, status: String(status) }, seconds),
    sent: (door) => sent.inc({ door }),
    redis(call, seconds) {
      let one = calls.get(call);
      if (one === undefined) calls.set(call, (one = redis.labels(call)));
      one.observe(seconds);
    },
    live: (ask) => {
      now = ask;
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counts: () => registry.getMetricsAsJSON(),
  };
}
