import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { ERRORS, type ErrorCode, ProblemSchema, RILL_VERSION } from '@rill/protocol';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { ANYWHERE } from '../fails.ts';
import { hoisted, marked } from '../schema-names.ts';

const DESCRIPTION = `A server and its rooms. A room is a log: its messages are numbered by \`seq\`, everything that
happens in it by \`rev\`, and both belong to an \`epoch\`. Errors are RFC 9457 problems with a stable \`code\`; the
request's id is in the header \`x-request-id\`. What you may not see answers as what does not exist. Live events come
over the WebSocket at \`/api/v1/live\`, or over an event stream where a network forbids WebSockets.`;

const TAGS = [
  { name: 'server', description: 'What anybody may know.' },
  { name: 'accounts', description: "People's own accounts, and what people may know of each other." },
  { name: 'sessions', description: 'Sign-ins: made, listed, ended.' },
  { name: 'rooms', description: 'Where members talk.' },
  { name: 'members', description: 'Who is in a room, and as what.' },
  { name: 'messages', description: 'What is said in a room, and what happened to it.' },
  { name: 'administration', description: "What the server's owner and admins do." },
  { name: 'live', description: 'Events as they happen.' },
  { name: 'operation', description: 'For whoever runs the server.' },
];

const CSP_OF_DOCS =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The description of the API, made from the routes' own schemas: `/openapi.json`, and `/docs` to read it. */
export async function openapi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rill',
        version: RILL_VERSION,
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' } as { name: string },
      },
      servers: [{ url: publicUrl }],
      tags: TAGS,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The token that signing in gave.' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-rill',
            description: 'Set by signing in with `session: "cookie"`; over plain http its name is `rill`.',
          },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: ({ schema, url, route }) => ({ schema: marked(withFailures(schema, route.config?.fails)), url }),
    transformObject: (document) => ('openapiObject' in document ? hoisted(document.openapiObject) : {}),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CSP_OF_DOCS,
    theme: { title: 'Rill: the API' },
    uiConfig: { validatorUrl: null, layout: 'BaseLayout' },
  });
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return app.swagger();
  });
}

/** Every answer of a route: what its schema says, and the failing ones with the codes that may come under each. */
function withFailures(schema: FastifySchema | undefined, fails: readonly ErrorCode[] = []): FastifySchema {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...fails, ...ANYWHERE])) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const failures = [...byStatus].map(([status, codes]) => [String(status), failure(status, codes)]);
  const given = Object.entries(
    (schema?.response ?? {}) as Record<string, { type?: string; content?: object; description?: string }>,
  );
  const answers = given.map(([status, each]) => [
    status,
    each.type === 'null' || each.content !== undefined ? each : success(status, each),
  ]);
  return { ...schema, response: Object.fromEntries([...failures, ...answers]) };
}

function success(status: string, schema: object): object {
  return { description: STATUS_CODES[status] ?? status, content: { 'application/json': { schema } } };
}

function failure(status: number, codes: readonly ErrorCode[]): object {
  const waits = status === 429 || status === 503;
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].en}`).join('\n\n'),
    content: { 'application/problem+json': { schema: ProblemSchema } },
    ...(waits ? { headers: { 'Retry-After': { type: 'integer', description: 'Seconds to wait.' } } } : {}),
  };
}
