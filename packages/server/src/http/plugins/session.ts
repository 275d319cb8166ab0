import cookie from '@fastify/cookie';
import type { NewSession, SignedIn } from '@rill/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import type { From, Sessions } from '../../domain/sessions.ts';
import type { Who } from '../../domain/who.ts';
import { cookieName, type Credentials } from '../credentials.ts';

const known = new WeakMap<FastifyRequest, Who>();

/** Every route of this scope answers only whoever is signed in, unless it says that it is public. */
export async function session(
  app: FastifyInstance,
  sessions: Pick<Sessions, 'authenticate'>,
  credentials: Credentials,
): Promise<void> {
  await app.register(cookie, { hook: 'onRequest' });
  app.decorateRequest('who', {
    getter(this: FastifyRequest) {
      const who = known.get(this);
      if (who === undefined) throw new Refusal('unauthenticated');
      return who;
    },
  });
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.public === true) return;
    const given = credentials.read(request);
    const found = given === undefined ? undefined : await sessions.authenticate(given.token);
    if (found === undefined) throw new Refusal('unauthenticated');
    known.set(request, found.who);
  });
}

/** Where a request comes from, as limits and the list of sessions have it. */
export function fromOf(request: FastifyRequest): From {
  return { address: request.ip, device: request.headers['user-agent'] ?? '' };
}

/** Hands a new session out: as a cookie, which scripts cannot read, or with its token in the answer. */
export function handOut(request: FastifyRequest, reply: FastifyReply, signed: SignedIn, form = 'token'): SignedIn {
  if (form !== 'cookie') return signed;
  const { token, ...session }: NewSession = signed.session;
  reply.setCookie(cookieName(request), token ?? '', { ...attributes(request), expires: farEnd() });
  return { ...signed, session };
}

/** The session is over: the browser forgets it too. */
export function forget(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), attributes(request));
}

function attributes(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
}

/** As long as browsers keep one. */
const LONGEST_MS = 400 * 86_400_000;

/** Use keeps a session alive without a new cookie, so the cookie outlives it and the server alone says when it ends. */
function farEnd(): Date {
  return new Date(Date.now() + LONGEST_MS);
}
