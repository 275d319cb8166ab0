import type { Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { type Counts, sum } from './metrics.ts';

/** A worker that does not answer by then is left out. */
const PATIENCE_MS = 2_000;

/** How `/metrics` of any worker comes to tell of all: it asks the first process, which asks every worker. */
export type CountsToWorker =
  | { readonly type: 'count'; readonly id: string }
  | { readonly type: 'sum'; readonly id: string; readonly text: string };
export type CountsFromWorker =
  | { readonly type: 'sum?'; readonly id: string }
  | { readonly type: 'counts'; readonly id: string; readonly counts: Counts };

/** In the first process: answers workers that ask for the sum. */
export async function addUp(asker: Worker, id: string, workers: ReadonlySet<Worker>): Promise<void> {
  const counted = await Promise.all([...workers].map(countsOf));
  const message: CountsToWorker = { type: 'sum', id, text: await sum(counted.filter((each) => each !== undefined)) };
  if (asker.isConnected()) asker.send(message);
}

function countsOf(worker: Worker): Promise<Counts | undefined> {
  const id = randomUUID();
  return new Promise((resolve) => {
    const done = (counts?: Counts) => {
      clearTimeout(timer);
      worker.off('message', hear);
      resolve(counts);
    };
    const hear = (message: CountsFromWorker) => {
      if (message.type === 'counts' && message.id === id) done(message.counts);
    };
    const timer = setTimeout(done, PATIENCE_MS);
    worker.on('message', hear);
    const message: CountsToWorker = { type: 'count', id };
    if (worker.isConnected()) worker.send(message);
    else done();
  });
}

/** In a worker: what all have counted together. Its own counts are asked of it as of the others. */
export function askForSum(): Promise<string> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const hear = (message: CountsToWorker) => {
      if (message.type !== 'sum' || message.id !== id) return;
      clearTimeout(timer);
      process.off('message', hear);
      resolve(message.text);
    };
    const timer = setTimeout(() => {
      process.off('message', hear);
      reject(new Error('the workers were not counted in time'));
    }, 2 * PATIENCE_MS);
    process.on('message', hear);
    const message: CountsFromWorker = { type: 'sum?', id };
    process.send?.(message);
  });
}

/** In a worker: answers with its own counts when asked. */
export function answerWithCounts(counts: () => Promise<Counts>): void {
  process.on('message', (asked: CountsToWorker) => {
    if (asked.type !== 'count') return;
    void counts().then((own) => {
      const message: CountsFromWorker = { type: 'counts', id: asked.id, counts: own };
      process.send?.(message);
    });
  });
}
