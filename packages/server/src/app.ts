import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Limits } from '@rill/protocol';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, fastify, LogController } from 'fastify';
import type { Accounts } from './domain/accounts.ts';
import type { Administration } from './domain/administration.ts';
import type { Import } from './domain/import.ts';
import type { Members } from './domain/members.ts';
import type { Messages } from './domain/messages.ts';
import type { Rooms } from './domain/rooms.ts';
import type { Sessions } from './domain/sessions.ts';
import type {} from './http/context.ts';
import type { Credentials } from './http/credentials.ts';
import { answerClientError, listenForOddRequests } from './http/plugins/client-errors.ts';
import { closing } from './http/plugins/closing.ts';
import { cors } from './http/plugins/cors.ts';
import { answer, errors, refusalOf } from './http/plugins/errors.ts';
import { framing } from './http/plugins/framing.ts';
import { headers } from './http/plugins/headers.ts';
import { json } from './http/plugins/json.ts';
import { limits } from './http/plugins/limits.ts';
import { methods } from './http/plugins/methods.ts';
import { observing } from './http/plugins/observing.ts';
import { openapi } from './http/plugins/openapi.ts';
import { session } from './http/plugins/session.ts';
import { web } from './http/plugins/web.ts';
import { accountRoutes } from './http/routes/accounts.ts';
import { administrationRoutes } from './http/routes/administration.ts';
import { type Health, healthRoutes } from './http/routes/health.ts';
import { importRoutes } from './http/routes/import.ts';
import { memberRoutes } from './http/routes/members.ts';
import { messageRoutes } from './http/routes/messages.ts';
import { metricsRoutes } from './http/routes/metrics.ts';
import { roomRoutes } from './http/routes/rooms.ts';
import { serverRoutes } from './http/routes/server.ts';
import { sessionRoutes } from './http/routes/sessions.ts';
import { userRoutes } from './http/routes/users.ts';
import { withdrawalRoutes } from './http/routes/withdrawal.ts';
import { compileSerializer } from './http/serialization.ts';
import { compileValidator } from './http/validation.ts';
import type { Metrics } from './metrics.ts';

/** What answers the requests; wire.ts makes each part and hands it over. */
export interface Parts {
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly credentials: Credentials;
  readonly administration: Administration;
  readonly rooms: Rooms;
  readonly members: Members;
  readonly messages: Messages;
  readonly bring: Import;
  /** Registers `GET /live` and the way over event streams. */
  readonly live: FastifyPluginAsync;
}

export interface AppSettings {
  readonly limits: Limits;
  readonly trustProxy: boolean | number | string;
  /** Where people reach the server; undefined where nothing was set. */
  readonly publicUrl: string | undefined;
  /** Origins whose pages may use the session cookie. */
  readonly origins: readonly string[];
  readonly metricsToken: string | undefined;
  /** Folder of the built web client. */
  readonly webRoot: string;
}

const HEADER_BYTES = 16_384;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const KEEP_ALIVE_MS = 72_000;
/** How often Node looks for connections whose time is over. */
const LOOK_MS = 1_000;

/** The Fastify instance with every route, ready to listen. */
export async function createApp(parts: Parts, settings: AppSettings): Promise<FastifyInstance> {
  const { metrics } = parts;
  const app = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A child of the log for each request costs as much as the request; who logs names the request.
    childLoggerFactory: (log) => log,
    trustProxy: trusted(settings.trustProxy),
    bodyLimit: settings.limits.bodyBytes,
    requestTimeout: REQUEST_MS,
    // Who still has a connection while the server stops is answered like before, and told to come back on another.
    return503OnClosing: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      maxHeaderSize: HEADER_BYTES,
      // Answered in framing.ts instead, as a problem.
      requireHostHeader: false,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: LOOK_MS,
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      // No hook has run.
      reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': request.id });
      void answer(refusalOf(error), request, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(compileSerializer);
  listenForOddRequests(app.server);
  closing(app);

  errors(app);
  observing(app, metrics);
  headers(app, settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl));
  framing(app);
  json(app, settings.limits.jsonDepth);
  await cors(app, settings.origins);
  await limits(app, settings.limits.requestsPerMinute);
  await openapi(app, settings.publicUrl ?? '/');
  methods(app, await web(app, settings.webRoot));

  await app.register(healthRoutes(parts.health));
  await app.register(metricsRoutes(metrics, settings.metricsToken));
  await app.register(
    async (api) => {
      await session(api, parts.sessions, parts.credentials);
      await api.register(accountRoutes(parts.accounts, parts.credentials));
      await api.register(sessionRoutes(parts.sessions));
      await api.register(userRoutes(parts));
      await api.register(administrationRoutes(parts.administration, parts.credentials));
      await api.register(serverRoutes(parts.administration));
      await api.register(roomRoutes(parts.rooms));
      await api.register(memberRoutes(parts.members));
      await api.register(messageRoutes(parts.messages));
      await api.register(withdrawalRoutes(parts.messages));
      await api.register(importRoutes(parts.bring));
      await api.register(parts.live);
    },
    { prefix: '/api/v1' },
  );
  return app;
}

/** A number is how many proxies stand in front. */
function trusted(proxies: boolean | number | string): boolean | string | ((address: string, hop: number) => boolean) {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies;
}
