import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Env } from './env.ts';
import { type Footing, takeGround } from './ground.ts';
import { type Opening, type Serving, serve } from './server.ts';
import { addUp, answerWithCounts, askForSum, type CountsFromWorker, type CountsToWorker } from './worker-metrics.ts';

/** A worker that lasted so long did not fail at its start. */
const HEALTHY_MS = 30_000;
const AGAIN_MAX_MS = 10_000;

/** A worker did not start; the message is its sentence for the operator. */
export class WorkerFailed extends Error {}

/** What the processes of one server tell each other. */
type ToWorker = { readonly type: 'footing'; readonly footing: Footing } | { readonly type: 'stop' } | CountsToWorker;
type FromWorker =
  | CountsFromWorker
  | { readonly type: 'open'; readonly opening: Opening }
  | { readonly type: 'failed'; readonly sentence: string };

/** The workers of a server, all on one port. */
export interface Workers extends Opening {
  stop(): Promise<void>;
}

/** Takes the ground and forks workers that serve from it; one that dies is replaced. */
export async function startWorkers(env: Env, log: FastifyBaseLogger): Promise<Workers> {
  const ground = await takeGround(env, log);
  const { secret, redis } = ground;
  const alive = new Set<Worker>();
  let stopping: Promise<void> | undefined;

  async function begin(): Promise<{ worker: Worker; opening: Opening }> {
    const worker = cluster.fork();
    alive.add(worker);
    worker.once('exit', () => alive.delete(worker));
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'sum?') addUp(worker, message.id, alive).catch((err) => log.error({ err }, 'metrics'));
    });
    tell(worker, { type: 'footing', footing: { secret, redis } });
    const [message] = (await Promise.race([
      once(worker, 'message'),
      once(worker, 'exit').then(() => [{ type: 'failed', sentence: 'a worker ended at its start' }]),
    ])) as [FromWorker];
    if (message.type === 'failed') throw new WorkerFailed(message.sentence);
    if (message.type !== 'open') throw new Error('a worker spoke too soon');
    return { worker, opening: message.opening };
  }

  async function keep(first: Worker): Promise<void> {
    let worker: Worker | undefined = first;
    let wait = 100;
    while (!stopping) {
      const since = performance.now();
      if (worker && alive.has(worker)) await once(worker, 'exit');
      if (stopping) return;
      if (performance.now() - since > HEALTHY_MS) wait = 100;
      log.error({ wait }, 'a worker ended; another takes its place');
      await sleep(wait);
      wait = Math.min(wait * 2, AGAIN_MAX_MS);
      worker = stopping
        ? undefined
        : (await begin().catch((err) => log.error({ err }, 'a worker did not start')))?.worker;
    }
  }

  async function stop(): Promise<void> {
    const gone = [...alive].map((worker) => once(worker, 'exit'));
    for (const worker of alive) tell(worker, { type: 'stop' });
    await Promise.all(gone);
    await ground.leave();
  }

  try {
    // The first one brings the data up to date; the others find them so.
    const first = await begin();
    const others = await Promise.all(Array.from({ length: env.workers - 1 }, begin));
    for (const { worker } of [first, ...others]) void keep(worker);
    return { ...first.opening, stop: () => (stopping ??= stop()) };
  } catch (error) {
    stopping = stop();
    await stopping;
    throw error;
  }
}

function tell(worker: Worker, message: ToWorker): void {
  // One that is gone hears nothing, and needs not.
  if (worker.isConnected()) worker.send(message);
}

/** The other side: serves until told to stop. `explain` words a failure for the operator. */
export async function work(
  env: Env,
  log: FastifyBaseLogger,
  explain: (error: unknown) => string,
): Promise<Serving | undefined> {
  const report = (message: FromWorker) => process.send?.(message);
  const [message] = (await once(process, 'message')) as [ToWorker];
  if (message.type !== 'footing') return undefined;
  try {
    const serving = await serve(env, message.footing, { log, metricsText: askForSum });
    answerWithCounts(serving.counts);
    const { port, urls, ownerLink, warning } = serving;
    report({ type: 'open', opening: { port, urls, ownerLink, warning } });
    return serving;
  } catch (error) {
    report({ type: 'failed', sentence: explain(error) });
    throw error;
  }
}

/** Calls back when the first process asks this one to stop. */
export function onToldToStop(stop: () => void): void {
  process.on('message', (message: ToWorker) => {
    if (message.type === 'stop') stop();
  });
}
