import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ServerInfoSchema } from '@rill/protocol';
import type { Administration } from '../../domain/administration.ts';

/** What anybody may know of this server before signing in. */
export const serverRoutes =
  (administration: Pick<Administration, 'serverInfo'>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/server',
      {
        config: { public: true, fails: ['unavailable'] },
        schema: {
          operationId: 'server',
          summary: 'The server: name, version, registration, limits',
          tags: ['server'],
          security: [],
          response: { 200: ServerInfoSchema },
        },
      },
      async () => administration.serverInfo(),
    );
  };
