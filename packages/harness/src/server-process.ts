import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeAlong } from './children.ts';
import { codeOf, TEST_ENV } from './server.ts';
import { clusterFor } from './where.ts';

export interface ServerProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  /** Another main.ts than the product's: a copy that a test has changed. */
  readonly main?: string;
}

/** A server as a process of its own, to be killed. */
export interface ServerProcess {
  /** The same after each restart. */
  readonly url: string;
  readonly dataDir: string;
  readonly ownerCode: string;
  /** Everything it said so far, over all its lives. */
  readonly said: readonly string[];
  pid(): number;
  /** SIGKILL, or any other signal; resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same data and the same port. */
  restart(): Promise<void>;
  /** Stops it in order; resolves with its exit code. */
  stop(): Promise<number>;
}

/** What a start that failed said. */
export class StartFailed extends Error {}

/** Starts the server as `npm start` does, and resolves when it says where it is open. */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'rill-server-')));
  const said: string[] = [];
  const cluster = await clusterFor(options.env);
  const env = {
    ...TEST_ENV,
    LOG_LEVEL: 'info',
    DATA_DIR: dataDir,
    ...(cluster ? { REDIS_CLUSTER: cluster.hosts } : {}),
    ...options.env,
  };
  let { child, port, owner } = await launch(env, said, options.main);

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    ownerCode: codeOf(owner),
    said,
    pid: () => child.pid ?? 0,
    kill,
    async restart() {
      await kill();
      ({ child, port, owner } = await launch({ ...env, PORT: String(port) }, said, options.main));
    },
    async stop() {
      child.kill('SIGCONT');
      await kill('SIGTERM');
      await cluster?.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      return child.exitCode ?? -1;
    },
  };
}

async function launch(
  env: Record<string, string>,
  said: string[],
  main = join(createRequire(import.meta.url).resolve('@rill/server'), '../main.ts'),
): Promise<{ child: ChildProcess; port: number; owner: string }> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  takeAlong(child);
  const ready = Promise.withResolvers<{ port: number; owner: string }>();
  const begun = said.length;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      // The last line of a start.
      if (!line.startsWith('Rill is ready')) return;
      const now = said.slice(begun).join('\n');
      ready.resolve({
        port: Number(/ is open at http:\/\/[^:]+:(\d+)/.exec(now)?.[1]),
        owner: /https?:\S+#owner=\S+/.exec(now)?.[0] ?? '',
      });
    });
  }
  child.once('close', (code, signal) => {
    ready.reject(new StartFailed(`the server ended (${signal ?? code}):\n${said.slice(begun).join('\n')}`));
  });
  return { child, ...(await ready.promise) };
}
