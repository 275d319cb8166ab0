import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { takeAlong } from './children.ts';

export interface TestRedisOptions {
  /** Default: `always`. */
  readonly appendfsync?: 'always' | 'everysec' | 'no';
  /** Further settings, `name value`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** An existing folder to keep the data in; default: one of its own, gone at the end. */
  readonly folder?: string;
}

/** A real redis-server of one test. */
export interface TestRedis {
  readonly folder: string;
  readonly socket: string;
  /** What `openRedis` takes. */
  readonly url: string;
  /** A plain connection to look inside with; closed by stop(). */
  client(): Redis;
  pid(): number;
  /** SIGKILL; the data stay. */
  kill(): Promise<void>;
  /** Starts again on the same data after kill() or exit. */
  restart(): Promise<void>;
  /** Stops in order and removes the folder if it was made here. */
  stop(): Promise<void>;
}

/** Starts a redis-server on a unix socket in a temporary folder. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'rill-redis-')));
  const socket = join(folder, 's');
  const clients: Redis[] = [];
  let child = await launch(folder, socket, options);

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  };
  return {
    folder,
    socket,
    url: `unix://${socket}`,
    client() {
      const client = new Redis({ path: socket });
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    pid: () => child.pid ?? 0,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      child = await launch(folder, socket, options);
    },
    async stop() {
      for (const client of clients) client.disconnect();
      await end('SIGTERM');
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, socket: string, options: TestRedisOptions): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    port: '0',
    unixsocket: socket,
    dir: folder,
    appendonly: 'yes',
    appendfsync: options.appendfsync ?? 'always',
    'maxmemory-policy': 'noeviction',
    save: '',
    'slowlog-log-slower-than': '-1',
    'crash-log-enabled': 'no',
    logfile: join(folder, 'log'),
    ...options.settings,
  };
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    {
      stdio: 'ignore',
    },
  );
  takeAlong(child);
  const probe = new Redis({ path: socket, maxRetriesPerRequest: null, retryStrategy: () => 20 });
  probe.on('error', () => {});
  try {
    // Ready means loaded: ioredis asks INFO until then.
    await Promise.race([
      new Promise((resolve) => probe.once('ready', resolve)),
      once(child, 'exit').then(async () => {
        throw new Error(`redis-server ended: ${await readFile(join(folder, 'log'), 'utf8').catch(() => 'no log')}`);
      }),
    ]);
  } finally {
    probe.disconnect();
  }
  return child;
}
