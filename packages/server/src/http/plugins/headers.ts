import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Where only answers made for one asker stand: nobody in between may keep them. */
const API = '/api/';

/** What every answer tells browsers and caches. */
export async function headers(app: FastifyInstance, publicUrl: URL | undefined): Promise<void> {
  const secure = publicUrl?.protocol === 'https:';
  const sockets = publicUrl === undefined ? [] : [`${secure ? 'wss' : 'ws'}://${publicUrl.host}`];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
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
      },
    },
    // Over plain http on a home network it would send every later visit to a port where nobody listens.
    strictTransportSecurity: secure ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (!(request.raw.url ?? '').startsWith(API)) return;
    reply.header('cache-control', 'no-store, private');
    reply.header('vary', 'Cookie, Authorization, Origin');
  });
}
