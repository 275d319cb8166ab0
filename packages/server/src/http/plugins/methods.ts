import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import { answer } from './errors.ts';

interface Known {
  readonly path: RegExp;
  readonly methods: Set<string>;
}

/** A path that exists answers a method it does not take with 405 and says which it takes; any other path is 404. */
export function methods(
  app: FastifyInstance,
  otherwise: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined,
): void {
  const known = new Map<string, Known>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const entry = known.get(url) ?? { path: pattern(url), methods: new Set<string>() };
    for (const each of [method].flat()) entry.methods.add(each);
    known.set(url, entry);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = (request.raw.url ?? '').replace(/[?#].*$/s, '');
    const allowed = new Set(
      [...known.values()].filter((each) => each.path.test(path)).flatMap((each) => [...each.methods]),
    );
    if (allowed.size > 0 && !allowed.has(request.method)) {
      reply.header('allow', [...allowed].sort().join(', '));
      return answer(new Refusal('method_not_allowed'), request, reply);
    }
    return otherwise(request, reply) ?? answer(new Refusal('not_found'), request, reply);
  });
}

function pattern(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
