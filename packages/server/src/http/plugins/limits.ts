import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';

const MAX_LOOP_DELAY_MS = 1_000;

/** Paths that stand open to whoever watches the server, and must answer when it is busiest. */
const WATCHED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

class Overloaded extends Refusal {
  constructor() {
    super('overloaded', { retryAfterMs: 5_000 });
  }
}

/** No address takes the whole server, and a server that cannot keep up says so instead of queueing. */
export async function limits(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_LOOP_DELAY_MS,
    customError: Overloaded,
    pressureHandler: (request) => {
      if (!WATCHED.has(request.routeOptions.url ?? '')) throw new Overloaded();
    },
  });
  // Each node counts for itself: this is against one address taking all, not a quota.
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    cache: 20_000,
    allowList: (request) => WATCHED.has(request.routeOptions.url ?? ''),
    addHeaders: hidden,
    addHeadersOnExceeding: hidden,
    errorResponseBuilder: (_request, { ttl }) => new Refusal('rate_limited', { retryAfterMs: ttl }),
  });
}

const hidden = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
} as const;
