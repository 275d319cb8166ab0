// Keeps the program itself, so that it opens without a network. What people say is never in here: it lives in the
// page's own store, which is erased at sign-out.

/** Put in by the build: every file of this version, and what names the version. */
declare const FILES: readonly string[];
declare const VERSION: string;

// The type library knows of workers of every kind; this file only ever runs as this one.
const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `rill-${VERSION}`;
const PAGE = '/';

/** Newer than the type library: https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes */
interface InstallEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { urlPattern: { pathname: string } }; source: { cacheName: string } }): Promise<void>;
}

worker.addEventListener('install', (event: InstallEvent) => {
  event.waitUntil(
    (async () => {
      // Names that say what is in them: the browser takes these files from the cache without asking this worker, which
      // need not even run. Where it knows no routes, or the cache lacks the file, it is as without.
      const rule = { condition: { urlPattern: { pathname: '/assets/*' } }, source: { cacheName: CACHE } };
      await event.addRoutes?.(rule).catch(() => {});
      const cache = await caches.open(CACHE);
      // `reload`: a file without a hash in its name must not come from the browser's own cache.
      await Promise.all([PAGE, ...FILES].map((path) => keep(cache, path)));
    })(),
  );
});

async function keep(cache: Cache, path: string): Promise<void> {
  const { ok, status, body, headers: given } = await fetch(path, { cache: 'reload' });
  if (!ok) throw new TypeError(`${path} is answered with ${status}`);
  // The same for whoever asks: by `Vary` a route of the browser's own would not find it.
  const headers = new Headers(given);
  headers.delete('vary');
  await cache.put(path, new Response(body, { headers }));
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(
        names.filter((name) => name.startsWith('rill-') && name !== CACHE).map((name) => caches.delete(name)),
      );
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin || isServers(url.pathname)) return;
  event.respondWith(answer(request, url));
});

// A new version waits until the page says so: nobody's page changes under their hands.
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
});

function isServers(path: string): boolean {
  return /^\/(api|docs|openapi\.json|healthz|readyz|metrics)(\/|$)/.test(path);
}

async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.mode === 'navigate' ? PAGE : url.pathname);
  return kept ?? fetch(request);
}
