import cluster from 'node:cluster';
import { RILL_VERSION } from '@rill/protocol';
import closeWithGrace from 'close-with-grace';
import { isOpenInPlain } from './addresses.ts';
import { type Env, readEnv, WrongSettings } from './env.ts';
import { createLog } from './log.ts';
import { type Opening, startServer } from './server.ts';
import { explain } from './start-failure.ts';
import { onToldToStop, startWorkers, work } from './workers.ts';

/** Stopping takes as long as sends in flight and the last sync of Redis need; longer than this is no order. */
const STOP_MS = 40_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

function stopStart(problems: readonly string[]): never {
  process.stderr.write(`Rill does not start.\n${problems.map((each) => `  ${each}\n`).join('')}`);
  process.exit(1);
}

function settings(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (error instanceof WrongSettings) stopStart(error.problems);
    throw error;
  }
}

function tell(opening: Opening, env: Env): void {
  say(`Rill ${RILL_VERSION} is open at ${opening.urls.join(' and ')}`);
  if (opening.warning !== undefined) say(`Warning: ${opening.warning}`);
  if (isOpenInPlain(env.publicUrl, env.host)) {
    say('Warning: over plain http, passwords and messages can be read on the way, and cookies are not marked Secure.');
  }
  if (opening.ownerLink !== undefined) {
    say(`Nobody owns this server yet. Make the owner's account here:\n  ${opening.ownerLink}`);
  }
  say('Rill is ready. Ctrl+C stops it.');
}

const env = settings();
const log = createLog(env.logLevel);
let server: { stop(): Promise<void> } | undefined;
// A promise that nobody waited for is a fault of one request; the others go on.
process.on('unhandledRejection', (err) => log.error({ err }, 'something broke that nobody waited for'));
const ending = closeWithGrace(
  { delay: STOP_MS, logger: false, skip: ['unhandledRejection'] },
  async ({ err, signal }) => {
    if (err) log.error({ err }, 'something broke that nobody caught; stopping');
    else if (signal) log.info({ signal }, 'stopping');
    await server?.stop();
  },
);
try {
  if (cluster.isWorker) {
    onToldToStop(ending.close);
    server = await work(env, log, (error) => explain(error, env) ?? String(error));
  } else {
    const opened = env.workers > 1 ? await startWorkers(env, log) : await startServer(env, { log });
    server = opened;
    tell(opened, env);
  }
} catch (error) {
  const sentence = explain(error, env);
  if (sentence === undefined) throw error;
  // The first process tells what a worker reported to it.
  if (cluster.isWorker) process.exit(1);
  stopStart([sentence]);
}
