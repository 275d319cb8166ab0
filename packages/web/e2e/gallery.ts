import { join } from 'node:path';
import { createServer } from 'vite';

/** Serves the page of components as development does: it is no part of what is built. */
export async function startGallery(api: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = await createServer({
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, proxy: { '/api': { target: api, ws: true } } },
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('vite did not say where it is');
  return { url: `${address}ui`, stop: () => server.close() };
}
