/** What is heard and said over a shared worker's port; what it means is for who uses it. */
interface SharedPort<Out, In> {
  post(message: Out): void;
  listen(heard: (message: In) => void): void;
  whenLeaving(act: () => void): void;
  whenBroken(act: () => void): void;
}

/** This page's end of a worker that all pages of this browser share; undefined where there are none. */
export function sharedPort<Out, In>(): SharedPort<Out, In> | undefined {
  if (typeof SharedWorker === 'undefined') return undefined;
  let worker: SharedWorker;
  try {
    worker = new SharedWorker(new URL('../switchboard-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    // Private windows and policies refuse: each page is for itself.
    return undefined;
  }
  const { port } = worker;
  return {
    post: (message) => port.postMessage(message),
    listen(heard) {
      port.addEventListener('message', (event: MessageEvent<In>) => heard(event.data));
      port.start();
    },
    whenLeaving(act) {
      // Both: a page that is kept for the way back, or put to sleep, must not hold a place nor hear what it cannot use.
      addEventListener('pagehide', act);
      document.addEventListener('freeze', act);
    },
    whenBroken: (act) => worker.addEventListener('error', act),
  };
}
