import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { SessionIdSchema, SessionsSchema } from '@rill/protocol';
import { Type } from 'typebox';
import type { Sessions } from '../../domain/sessions.ts';
import { CHANGING, SIGNED_IN } from '../fails.ts';
import { forget } from '../plugins/session.ts';

const tags = ['sessions'];

/** Where I am signed in, and signing out there. */
export const sessionRoutes =
  (sessions: Sessions): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/sessions',
      {
        config: { fails: SIGNED_IN },
        schema: { operationId: 'sessions', summary: 'Where I am signed in', tags, response: { 200: SessionsSchema } },
      },
      async ({ who }) => ({ sessions: await sessions.list(who) }),
    );

    app.delete(
      '/sessions/:session',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING, 'not_found'] },
        schema: {
          operationId: 'endSession',
          summary: 'End one of my sessions; its sockets close',
          tags,
          params: Type.Object({ session: SessionIdSchema }, { additionalProperties: false }),
          response: { 204: Type.Null({ description: 'Ended.' }) },
        },
      },
      async (request, reply) => {
        const { who, params } = request;
        await sessions.end(who, params.session);
        if (params.session === who.session) forget(request, reply);
        return reply.code(204).send(null);
      },
    );
  };
