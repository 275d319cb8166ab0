import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import type { Metrics } from '../../metrics.ts';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * Counters for Prometheus. With a token set, whoever bears it; without, only this machine itself, and not through a
 * proxy, behind which everybody would be this machine. To anybody else there is nothing here.
 */
export const metricsRoutes =
  (metrics: Metrics, token: string | undefined): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/metrics', { config: { public: true }, schema: { hide: true } }, async (request, reply) => {
      if (!mayRead(request, token)) throw new Refusal('not_found');
      reply.header('cache-control', 'no-store').type(metrics.contentType);
      return metrics.text();
    });
  };

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return same(request.headers.authorization ?? '', `Bearer ${token}`);
  const { 'x-forwarded-for': forwardedFor, forwarded } = request.headers;
  return forwardedFor === undefined && forwarded === undefined && LOOPBACK.test(request.raw.socket.remoteAddress ?? '');
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
