import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/** Where only answers made for one asker stand: nobody in between may keep them. */
const API = '/api/';

/** What every answer tells browsers and caches. */
export function headers(app: FastifyInstance, publicUrl: URL | undefined): void {
  const secure = publicUrl?.protocol === 'https:';
  const sockets = publicUrl === undefined ? [] : [`${secure ? 'wss' : 'ws'}://${publicUrl.host}`];
  const always = {
    // Over plain http on a home network it would send every later visit to a port where nobody listens.
    strictTransportSecurity: secure ? { maxAge: 15_552_000, includeSubDomains: false } : (false as const),
    referrerPolicy: { policy: 'no-referrer' as const },
    xFrameOptions: { action: 'deny' as const },
  };
  const page = {
    ...written({ ...always, contentSecurityPolicy: { useDefaults: false, directives: directives(sockets) } }),
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
  const answer = {
    ...written({
      ...always,
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      // These are about documents.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xXssProtection: false,
      xPermittedCrossDomainPolicies: false,
    }),
    'cache-control': 'no-store, private',
    vary: 'Cookie, Authorization, Origin',
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers((request.raw.url ?? '').startsWith(API) ? answer : page).header('x-request-id', request.id);
  });
}

/** Scripts, styles and everything else from here alone; no inline script, no inline style. */
function directives(sockets: readonly string[]) {
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'", ...sockets],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
}

/** What helmet writes, which is the same for every request: asking it each time costs more than answering. */
function written(options: HelmetOptions): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error !== undefined) throw new Error('helmet refuses its settings', { cause: error });
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}
