import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../metrics.ts';

/** Counts every request, and tells of it where one looks closely: never with its address, which may hold a name. */
export function observing(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config.lasting === true && reply.statusCode < 400) return;
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    const ms = reply.elapsedTime;
    metrics.request(route, request.method, reply.statusCode, ms / 1_000);
    const { id, method, log } = request;
    if (log.level === 'debug') log.debug({ request: id, method, route, status: reply.statusCode, ms }, 'answered');
  });
}
