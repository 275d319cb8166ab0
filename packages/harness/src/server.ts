import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  createLog,
  openRedis,
  type RedisDoor,
  readEnv,
  readLibrary,
  startServer as start,
} from '@rill/server';
import { Redis } from 'ioredis';
import { type Person, type Registering, register } from './person.ts';
import { clusterFor } from './where.ts';

export interface TestServerOptions {
  /** Settings of the environment, over those that tests need. */
  readonly env?: Readonly<Record<string, string>>;
  /** An existing folder to keep the data in; default: one of its own, gone at the end. */
  readonly dataDir?: string;
  readonly clock?: Clock;
  readonly eraseAfterMs?: number;
}

/** A real server on a free port of this process. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The one-time code of a server without an owner; empty once it has one. */
  readonly ownerCode: string;
  /** Process of the embedded Redis. */
  redisPid(): number;
  /** Path of the embedded Redis's socket; empty where there is none. */
  readonly redisSocket: string;
  /** A plain connection to the embedded Redis, to look inside. */
  redis(): Redis;
  /** The same for every Redis that has data of this server; replicas of a cluster too. */
  stores(): Redis[];
  /** A door of its own to the embedded Redis, to call functions past the server. */
  door(): Promise<RedisDoor>;
  /** Makes the owner's account. */
  owner(who?: Registering): Promise<Person>;
  /** Makes an account; registration is open unless the test says otherwise. */
  person(who?: Registering): Promise<Person>;
  /** Has recalled texts written out of the files of Redis now. */
  erase(): Promise<void>;
  /** Stops in order and keeps the data. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

/** What every test server runs with: quiet, open, and not slowed down by limits on what tests do much of. */
export const TEST_ENV: Readonly<Record<string, string>> = {
  PORT: '0',
  REGISTRATION: 'open',
  LOG_LEVEL: 'silent',
  LIMIT_REGISTRATIONS_PER_HOUR: '100000',
  LIMIT_LOGINS_PER_MINUTE: '100000',
  LIMIT_LOGINS_PER_ADDRESS_MINUTE: '100000',
};

/** Starts a server in this process. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'rill-server-')));
  const cluster = await clusterFor(options.env);
  const variables = {
    ...TEST_ENV,
    DATA_DIR: dataDir,
    ...(cluster ? { REDIS_CLUSTER: cluster.hosts } : {}),
    ...options.env,
  };
  const env = readEnv(variables);
  const running = await start(env, {
    log: createLog(env.logLevel),
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.eraseAfterMs === undefined ? {} : { eraseAfterMs: options.eraseAfterMs }),
  });
  const url = `http://127.0.0.1:${running.port}`;
  const closing: (() => unknown)[] = [];
  const redisSocket = (running.redisUrl ?? '').replace('unix://', '');
  const ownerCode = codeOf(running.ownerLink ?? '');
  const look = (socket: string): Redis => {
    const redis = new Redis({ path: socket || embeddedOnly() });
    redis.on('error', () => {});
    closing.push(() => redis.disconnect());
    return redis;
  };
  const halt = async () => {
    for (const each of closing.splice(0)) await each();
    await running.stop();
  };
  return {
    url,
    port: running.port,
    dataDir,
    ownerCode,
    redisPid: () => running.redisPid() ?? embeddedOnly(),
    redisSocket,
    redis: () => look(redisSocket),
    stores: () => (cluster ? cluster.nodes.map(({ client }) => client) : [look(redisSocket)]),
    async door() {
      const door = await openRedis({ url: redisSocket || embeddedOnly(), library: await readLibrary() });
      closing.push(door.close);
      return door;
    },
    owner: (who = {}) => register(url, { username: 'owner', ...who, code: ownerCode }),
    person: (who = {}) => register(url, who),
    erase: running.erase,
    halt,
    async stop() {
      await halt();
      await cluster?.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Process 0 would be this one's whole group, and an empty path the machine's own Redis. */
function embeddedOnly(): never {
  throw new Error('there is no embedded Redis here');
}

/** The one-time code in the link that a start prints. */
export function codeOf(link: string): string {
  return /#owner=(.+)$/m.exec(link)?.[1] ?? '';
}
