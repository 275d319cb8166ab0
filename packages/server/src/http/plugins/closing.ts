import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const SWEEP_MS = 100;
/** Whoever has connected and said nothing for so long is not about to ask. */
const SILENT_MS = 1_000;

/**
 * Lets a server that stops be gone as soon as the last answer is. Node ends idle connections once, at the moment it
 * stops listening: one whose answer is still on its way then would stay for its whole keep-alive, and one that a
 * browser opened ahead of need and never wrote to would stay for as long as the browser likes.
 */
export function closing(app: FastifyInstance): void {
  const openedAt = new Map<Socket, number>();
  app.server.on('connection', (socket: Socket) => {
    openedAt.set(socket, performance.now());
    socket.once('close', () => openedAt.delete(socket));
  });
  app.addHook('preClose', async () => {
    const sweep = (): void => {
      if (!app.server.listening) app.server.closeIdleConnections();
      const silentSince = performance.now() - SILENT_MS;
      for (const [socket, at] of openedAt) if (socket.bytesRead === 0 && at < silentSince) socket.destroy();
    };
    const timer = setInterval(sweep, SWEEP_MS);
    timer.unref();
    app.server.once('close', () => clearInterval(timer));
  });
}
