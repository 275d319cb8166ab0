import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { network } from '../../domain/network.ts';
import { Refusal } from '../../domain/refusal.ts';

/** Mean of a second; a process that was asleep for a moment is not overloaded. */
const MAX_LOOP_DELAY_MS = 2_000;

/** Paths that stand open to whoever watches the server, and must answer when it is busiest. */
const WATCHED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** No address takes the whole server, and a server that cannot keep up says so instead of queueing. */
export async function limits(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_LOOP_DELAY_MS,
    // Asynchronous: what is thrown here at once would end the process.
    pressureHandler: async (request, _reply, _type, delay) => {
      // A second in which nothing could be measured, as at the start, says nothing.
      if (delay === Number.POSITIVE_INFINITY) return;
      if (!WATCHED.has(request.routeOptions.url ?? '')) throw new Refusal('overloaded', { retryAfterMs: 5_000 });
    },
  });
  // Each node counts for itself: this is against one address taking all, not a quota.
  await app.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: ({ ip }) => network(ip),
    allowList: (request) => WATCHED.has(request.routeOptions.url ?? ''),
    addHeaders: hidden,
    addHeadersOnExceeding: hidden,
    errorResponseBuilder: (_request, { ttl }) => new Refusal('rate_limited', { retryAfterMs: ttl }),
  });
  // Of the whole server, so that it comes before anybody asks Redis who it is, and for addresses that do not exist.
  app.addHook('onRequest', app.rateLimit());
}

const hidden = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
} as const;
