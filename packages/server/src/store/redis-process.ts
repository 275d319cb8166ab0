import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { openLink } from './redis-link.ts';

/** How our own redis-server is run. */
export interface RedisProcessOptions {
  /** The program. */
  readonly server: string;
  /** Where it keeps its files. */
  readonly folder: string;
  readonly socket: string;
  readonly appendfsync: 'always' | 'everysec';
  readonly onLine: (line: string) => void;
}

/** One life of our own redis-server, with its data loaded. */
export interface RedisProcess {
  readonly pid: number;
  readonly link: Redis;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const STOP_MS = 30_000;
const REMEMBERED_LINES = 10;

/** Starts redis-server and resolves when it has loaded its data; rejects with what it said if it ends before. */
export async function spawnRedis(options: RedisProcessOptions): Promise<RedisProcess> {
  const [program, args] = command(options);
  // A group of its own: Ctrl-C is for the server, which stops Redis last.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > REMEMBERED_LINES) lines.shift();
      options.onLine(line);
    });
  }
  const failed = once(child, 'error').then(([error]) => {
    throw missing(options.server, error);
  });
  const ended = once(child, 'close').then(([code, signal]) => `${signal ?? `exit ${code}`}: ${lines.join(' | ')}`);
  failed.catch(() => {});
  const link = openLink(options.socket, 'rill-keeper');
  link.on('error', () => {});
  try {
    await Promise.race([
      failed,
      ended.then((how) => {
        // What setpriv answers when there is no such program.
        if (how.startsWith('exit 127')) throw missing(options.server, how);
        throw new Error(`redis-server ended at its start (${how})`);
      }),
      new Promise((resolve) => {
        link.once('ready', resolve);
        link.connect().catch(() => {});
      }),
    ]);
  } catch (error) {
    link.disconnect();
    throw error;
  }
  return { pid: child.pid ?? 0, link, ended, stop: () => stop(child, link) };
}

async function stop(child: ChildProcess, link: Redis): Promise<void> {
  link.disconnect();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** The program and its arguments; where the system can, Redis is told to end when this process does. */
function command(options: RedisProcessOptions): [string, string[]] {
  const settings: Record<string, string> = {
    port: '0',
    unixsocket: options.socket,
    unixsocketperm: '600',
    dir: options.folder,
    pidfile: join(options.folder, 'redis.pid'),
    daemonize: 'no',
    logfile: '',
    appendonly: 'yes',
    appendfsync: options.appendfsync,
    save: '',
    'maxmemory-policy': 'noeviction',
    // Four nodes make a chunk of a log; Redis's smaller ones cost six bytes a message.
    'stream-node-max-entries': '128',
    'stream-node-max-bytes': '16384',
    // Both would keep texts beyond their recall.
    'slowlog-log-slower-than': '-1',
    'crash-log-enabled': 'no',
    'latency-tracking': 'no',
    // A subscriber that falls behind for a moment is not cut off.
    'client-output-buffer-limit': 'pubsub 256mb 64mb 60',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [
    `--${name}`,
    ...(name.startsWith('client-') ? value.split(' ') : [value]),
  ]);
  return diesWithUs() ? ['setpriv', ['--pdeathsig', 'TERM', '--', options.server, ...args]] : [options.server, args];
}

let canDieWithUs: boolean | undefined;
function diesWithUs(): boolean {
  canDieWithUs ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true']).status === 0;
  return canDieWithUs;
}

function missing(server: string, error: unknown): Error {
  return new Error(
    `${server} could not be run. Install it (on Debian: apt-get install redis-server), name it with REDIS_SERVER, or set REDIS_URL.`,
    { cause: error },
  );
}

/** Ends a redis-server that a killed server left behind in this folder, and waits until it has let go of its files. */
export async function endOrphan(folder: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, 'redis.pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0 || !(await isRedisOf(pid, folder))) return false;
  process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + STOP_MS / 3;
  while (await isRedisOf(pid, folder)) {
    if (performance.now() > deadline) process.kill(pid, 'SIGKILL');
    await sleep(20);
  }
  return true;
}

/** The number in the file may belong to somebody else by now: only a Redis that works in this folder is ours. */
async function isRedisOf(pid: number, folder: string): Promise<boolean> {
  try {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8');
    return name.startsWith('redis-server') && (await readlink(`/proc/${pid}/cwd`)) === folder;
  } catch {
    return false;
  }
}
