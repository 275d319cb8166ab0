import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Limits } from '@rill/protocol';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import { errors } from './http/plugins/errors.ts';
import { compileValidator } from './http/validation.ts';

/** What the HTTP side is made of; wire.ts hands it over. */
export interface Parts {
  readonly log: FastifyBaseLogger;
  /** Registers `GET /api/v1/live`. */
  readonly live?: FastifyPluginAsync;
}

export interface AppSettings {
  readonly limits: Limits;
  readonly trustProxy: boolean | string;
}

/** The Fastify instance with every route, ready to listen. */
export async function createApp(parts: Parts, settings: AppSettings): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: parts.log,
    trustProxy: settings.trustProxy,
    bodyLimit: settings.limits.bodyBytes,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  errors(app);
  await app.register(
    async (api) => {
      if (parts.live !== undefined) await api.register(parts.live);
    },
    { prefix: '/api/v1' },
  );
  return app;
}
