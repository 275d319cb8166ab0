import type { Env } from './env.ts';
import { DataInUse } from './store/data-lock.ts';
import { RedisRefused } from './store/durability.ts';
import { DataRefused } from './store/schema.ts';
import { WorkerFailed } from './workers.ts';

/** What Node asks the kernel while it begins to listen; a worker asks it to bind. */
const LISTENING: ReadonlySet<string> = new Set(['listen', 'bind', 'getaddrinfo']);

/** The sentence for whoever can mend why a start failed; undefined where the fault is ours, and its stack says more. */
export function explain(error: unknown, env: Env): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const says = [DataInUse, DataRefused, RedisRefused, WorkerFailed].some((known) => error instanceof known);
  if (says) return error.message;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && LISTENING.has(syscall)) return listening(code, env);
  if (code === 'ERR_SQLITE_ERROR' || path?.startsWith(env.dataDir)) {
    return `DATA_DIR ${env.dataDir} cannot be used: ${error.message}. Set another, or let this user write there.`;
  }
  if (error.message === 'Redis does not answer') {
    const why = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return `Redis does not answer${why}: check REDIS_URL or REDIS_CLUSTER.`;
  }
  if (/redis/i.test(error.message)) return error.message;
  return undefined;
}

function listening(code: string | undefined, { host, port }: Env): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} on ${host} is taken: stop what listens there, or set another PORT.`;
    case 'EACCES':
      return `PORT ${port} is not for this user: set one above 1023, and let a proxy listen there.`;
    case 'EADDRNOTAVAIL':
      return `HOST ${host} is no address of this machine.`;
    default:
      return `HOST ${host} cannot be listened on (${code ?? 'unknown'}).`;
  }
}
