import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** By which door something came. */
export type Door = 'rest' | 'socket';

/** What the server counts of itself. Labels are names of ours, never anything a client chose. */
export interface Metrics {
  request(route: string, method: string, status: number, seconds: number): void;
  /** A message was stored for the first time. */
  sent(door: Door): void;
  redis(call: string, seconds: number): void;
  socketOpened(): void;
  socketClosed(closeCode: number): void;
  /** Events given to sockets, all sockets together. */
  delivered(events: number): void;
  readonly contentType: string;
  text(): Promise<string>;
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
  const sockets = new Gauge({ name: 'rill_sockets', help: 'Sockets open now.', registers });
  const closed = new Counter({
    name: 'rill_sockets_closed_total',
    help: 'Sockets closed, by close code.',
    labelNames: ['code'],
    registers,
  });
  const delivered = new Counter({ name: 'rill_events_delivered_total', help: 'Events given to sockets.', registers });
  return {
    request: (route, method, status, seconds) => requests.observe({ route, method, status: String(status) }, seconds),
    sent: (door) => sent.inc({ door }),
    redis: (call, seconds) => redis.observe({ call }, seconds),
    socketOpened: () => sockets.inc(),
    socketClosed: (closeCode) => {
      sockets.dec();
      closed.inc({ code: String(closeCode) });
    },
    delivered: (events) => delivered.inc(events),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
