/** How often a page that stays open asks for a new version. */
const ASK_MS = 60 * 60_000;

interface WorkerListener {
  /** A new version waits; the function makes it take over and loads the page again. */
  ready(takeOver: () => void): void;
}

/** Installs the service worker, where there can be one: over https, or on this very machine. */
export function installWorker(listener: WorkerListener): void {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  const { serviceWorker } = navigator;
  const offer = (waiting: ServiceWorker) =>
    listener.ready(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take over');
    });
  serviceWorker.register('/service-worker.js').then(
    (registration) => {
      // Without a page that it controls, the first one is no update.
      if (registration.waiting !== null && serviceWorker.controller !== null) offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const coming = registration.installing;
        coming?.addEventListener('statechange', () => {
          if (coming.state === 'installed' && serviceWorker.controller !== null) offer(coming);
        });
      });
      setInterval(() => void registration.update().catch(() => {}), ASK_MS);
    },
    () => {
      // Private windows and policies refuse: the page works without.
    },
  );
}
