import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { urlsOf } from './addresses.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Env } from './env.ts';
import { fingerprint, readSecret } from './secret.ts';
import { openCluster } from './store/cluster.ts';
import { lockData } from './store/data-lock.ts';
import { type Durability, inspectRedis } from './store/durability.ts';
import { type EmbeddedRedis, startEmbedded } from './store/embedded.ts';
import { readLibrary } from './store/functions.ts';
import { openRedis } from './store/redis.ts';
import { enterData } from './store/schema.ts';
import { wire } from './wire.ts';

/** What a start needs beside the environment. */
export interface ServerOptions {
  readonly log: FastifyBaseLogger;
  readonly clock?: Clock;
  /** For how long recalls are gathered before the files of Redis are written anew. */
  readonly eraseAfterMs?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** To open in a browser, the nearest first. */
  readonly urls: readonly string[];
  /** While nobody owns it: where the owner's account is made, the one-time code in the fragment. */
  readonly ownerLink: string | undefined;
  readonly durability: Durability;
  /** Where the embedded Redis listens, where there is one. */
  readonly redisUrl: string | undefined;
  /** Its process of this moment. */
  redisPid(): number | undefined;
  /** Has the files of Redis written anew now, if a recall waits for it. */
  erase(): Promise<void>;
  /** Readiness goes first, then sockets and requests, Redis last. */
  stop(): Promise<void>;
}

/** Starts everything in order; what was begun is ended again if a later step fails. */
export async function startServer(env: Env, options: ServerOptions): Promise<RunningServer> {
  const { log } = options;
  const endings: (() => Promise<void> | void)[] = [];
  const end = async () => {
    for (const each of endings.reverse().splice(0)) await each();
  };
  let stopped: Promise<void> | undefined;
  try {
    await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
    const lock = await lockData(env.dataDir);
    endings.push(() => lock.release());
    const secret = await readSecret(env.secret, env.dataDir);
    const library = await readLibrary();
    let embedded: EmbeddedRedis | undefined;
    if (env.redis.kind === 'embedded') {
      const { appendfsync, server } = env.redis;
      embedded = await startEmbedded({ dataDir: env.dataDir, appendfsync, server, library, log });
      endings.push(embedded.stop);
    }
    const onError = (error: Error) => log.debug({ err: error }, 'a connection to Redis');
    const redis =
      env.redis.kind === 'cluster'
        ? await openCluster({ urls: env.redis.urls, library, onError })
        : await openRedis({
            url: env.redis.kind === 'external' ? env.redis.url : (embedded?.url ?? ''),
            library,
            onError,
          });
    endings.push(redis.close);
    const clustered = env.redis.kind === 'cluster';
    const [durability] = await Promise.all(redis.masters().map((master) => inspectRedis(master, clustered)));
    if (!durability) throw new Error('no Redis');
    if (durability.level !== 'always' && !clustered) log.info({ durability }, durability.says);
    await enterData(redis, fingerprint(secret));

    const parts = await wire({
      env,
      redis,
      library,
      durability,
      secret,
      clock: options.clock ?? systemClock,
      log,
      webRoot: join(import.meta.dirname, '../../web/dist'),
      ...(options.eraseAfterMs === undefined ? {} : { eraseAfterMs: options.eraseAfterMs }),
    });
    endings.push(async () => {
      parts.health.drain();
      await parts.live.drain();
      await parts.app.close();
      await parts.erasing.stop();
    });
    await parts.app.listen({ host: env.host, port: env.port });
    const [address] = parts.app.addresses();
    const port = typeof address === 'object' ? address.port : env.port;
    const urls = env.publicUrl === undefined ? urlsOf(env.host, port) : [env.publicUrl];
    const code = await parts.administration.ownerCode();
    return {
      port,
      urls,
      ownerLink: code === undefined ? undefined : `${urls[0]}/#owner=${code}`,
      durability,
      redisUrl: embedded?.url,
      redisPid: () => embedded?.pid(),
      async erase() {
        await parts.erasing.now();
      },
      stop: () => (stopped ??= end()),
    };
  } catch (error) {
    await end();
    throw error;
  }
}
