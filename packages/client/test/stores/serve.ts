import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** What the page means by these names. */
const IMPORTS = {
  idb: '/node_modules/idb/build/index.js',
  '@rill/client': '/packages/client/src/index.ts',
  '@rill/client/indexeddb': '/packages/client/src/stores/indexeddb.ts',
  '@rill/protocol/limits': '/packages/protocol/src/limits.ts',
  '@rill/protocol/errors': '/packages/protocol/src/errors.ts',
  '@rill/protocol/close-codes': '/packages/protocol/src/close-codes.ts',
};

/** Serves the sources to a browser as they are, without their types. */
export async function serveSources(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    if (path === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`);
      return;
    }
    readFile(ROOT + path.slice(1), 'utf8').then(
      (source) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(path.endsWith('.ts') ? stripTypeScriptTypes(source) : source);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
