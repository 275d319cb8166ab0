// Keeps the program itself, so that it opens without a network. What people say is never in here: it lives in the
// page's own store, which is erased at sign-out.

/** Put in by the build: every file of this version, and what names the version. */
declare const FILES: readonly string[];
declare const VERSION: string;

// The type library knows of workers of every kind; this file only ever runs as this one.
const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `rill-${VERSION}`;
const PAGE = '/';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // `reload`: a file without a hash in its name must not come from the browser's own cache.
      await cache.addAll([PAGE, ...FILES].map((path) => new Request(path, { cache: 'reload' })));
    })(),
  );
});

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
