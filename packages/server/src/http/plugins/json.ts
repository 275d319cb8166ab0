import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import { parseStrict } from '../../json.ts';

/** Bodies are read by our own strict parser, and only where a route takes one. */
export function json(app: FastifyInstance, maxDepth: number): void {
  app.removeAllContentTypeParsers();
  // Which types are let through is decided in framing.ts, before the body is read.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parseStrict(body, maxDepth),
  );
  app.addHook('preValidation', async (request) => {
    const { schema, config } = request.routeOptions;
    if (schema?.body === undefined) {
      if (request.body !== undefined) throw new Refusal('bad_request', { detail: 'This address takes no body.' });
    } else if (request.body === undefined) {
      if (config.bodyOptional !== true) throw new Refusal('bad_request', { detail: 'A body is missing.' });
      request.body = {};
    }
  });
}
