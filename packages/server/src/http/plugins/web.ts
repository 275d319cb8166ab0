import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Vite puts what it names by content here: a name never means other bytes. */
const HASHED = /^assets[\\/]/;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Rill: the web client is not built</title>
<h1>The web client is not built yet</h1>
<p>The server runs and its API answers. Start it with <code>npm start</code>, which builds the web client,
or build it by <code>npm run build --workspace @rill/web</code> and start again.</p>
<p lang="zh-CN">服务器已在运行，但网页客户端尚未构建。请用 <code>npm start</code> 启动，它会自动构建。</p>
</html>
`;

/** Answers a navigation within the web client; undefined for anything that is none. */
export type Navigation = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

/** The built web client: its files, and index.html for every address that only the client knows. */
export async function web(app: FastifyInstance, root: string): Promise<Navigation> {
  const built = existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        reply.header('cache-control', HASHED.test(relative(root, path)) ? FOREVER : ASK_FIRST);
      },
    });
  }
  return (request, reply) => {
    if (!isNavigation(request)) return undefined;
    reply.header('cache-control', ASK_FIRST);
    if (!built) return reply.code(404).type('text/html; charset=utf-8').send(NOT_BUILT);
    return reply.sendFile('index.html');
  };
}

function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return false;
  const path = (request.raw.url ?? '').replace(/[?#].*$/s, '');
  // A last segment with a dot is a file that is not there; doubled slashes and dots are nobody's address.
  return !/^\/(?:api|docs)(?:\/|$)/.test(path) && /^\/(?:[\w~@%-]+(?:\/[\w~@%-]+)*\/?)?$/.test(path);
}
