import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';

const CheckSchema = Type.Object(
  {
    name: Type.Enum(['storage', 'functions', 'durability', 'disk', 'accepting']),
    ok: Type.Boolean(),
    detail: Type.Optional(Type.String({ description: 'What was found, in words.' })),
  },
  { additionalProperties: false },
);
/** One thing that must be well for the server to take requests. */
export type Check = Static<typeof CheckSchema>;

const ReadinessSchema = Type.Object(
  { ready: Type.Boolean(), checks: Type.Array(CheckSchema) },
  { additionalProperties: false, $id: 'Readiness' },
);

/** Whether requests should be sent here. */
export interface Health {
  /** Looks now: storage reachable, functions loaded, durability as set, disk not full, not draining. */
  checks(): Promise<readonly Check[]>;
}

/** For whoever watches the server: is the process alive, and should requests be sent to it. */
export const healthRoutes =
  (health: Health): FastifyPluginAsyncTypebox =>
  async (app) => {
    const tags = ['operation'];
    app.get(
      '/healthz',
      {
        config: { public: true },
        schema: {
          operationId: 'alive',
          summary: 'Whether the process answers',
          tags,
          security: [],
          response: { 200: Type.Object({ alive: Type.Boolean() }, { additionalProperties: false }) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { alive: true };
      },
    );
    app.get(
      '/readyz',
      {
        config: { public: true },
        schema: {
          operationId: 'ready',
          summary: 'Whether requests should be sent here',
          description: '503 while storage is out of reach, the disk is full, or the server is stopping.',
          tags,
          security: [],
          response: { 200: ReadinessSchema, 503: ReadinessSchema },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        const checks = [...(await health.checks())];
        const ready = checks.every(({ ok }) => ok);
        return reply.code(ready ? 200 : 503).send({ ready, checks });
      },
    );
  };
