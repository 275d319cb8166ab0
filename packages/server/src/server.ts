import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { urlsOf } from './addresses.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Env } from './env.ts';
import { type Footing, type Ground, openDoor, takeGround } from './ground.ts';
import type { Counts } from './metrics.ts';
import { fingerprint } from './secret.ts';
import { inspectRedis } from './store/durability.ts';
import { readLibrary } from './store/functions.ts';
import { enterData } from './store/schema.ts';
import { wire } from './wire.ts';

/** What a start needs beside the environment. */
export interface ServerOptions {
  readonly log: FastifyBaseLogger;
  readonly clock?: Clock;
  /** For how long recalls are gathered before the files of Redis are written anew. */
  readonly eraseAfterMs?: number;
  /** What `/metrics` answers where this process is one of several. */
  readonly metricsText?: () => Promise<string>;
}

/** What is told of a server that listens. Plain, so that it can be handed to another process. */
export interface Opening {
  readonly port: number;
  /** To open in a browser, the nearest first. */
  readonly urls: readonly string[];
  /** While nobody owns it: where the owner's account is made, the one-time code in the fragment. */
  readonly ownerLink: string | undefined;
  /** Why acknowledged messages are less safe than they could be. */
  readonly warning: string | undefined;
}

/** One process of a server, listening. */
export interface Serving extends Opening {
  /** What this process has counted. */
  counts(): Promise<Counts>;
  /** Has the files of Redis written anew now, if a recall waits for it. */
  erase(): Promise<void>;
  /** Readiness goes first, then sockets and requests. */
  stop(): Promise<void>;
}

/** A server that listens, with all it stands on. */
export interface RunningServer extends Serving {
  /** Where the embedded Redis listens, where there is one. */
  readonly redisUrl: string | undefined;
  /** Its process of this moment. */
  redisPid(): number | undefined;
}

/** Starts everything in order; what was begun is ended again if a later step fails. Redis stops last. */
export async function startServer(env: Env, options: ServerOptions): Promise<RunningServer> {
  const ground = await takeGround(env, options.log);
  try {
    const serving = await serve(env, ground, options);
    let stopped: Promise<void> | undefined;
    return {
      ...serving,
      redisUrl: ground.redisUrl,
      redisPid: ground.redisPid,
      stop: () => (stopped ??= leaveAfter(serving.stop(), ground)),
    };
  } catch (error) {
    await ground.leave();
    throw error;
  }
}

/** The ground is left whatever became of the stop. */
async function leaveAfter(stopping: Promise<void>, ground: Ground): Promise<void> {
  try {
    await stopping;
  } finally {
    await ground.leave();
  }
}

/** Serves from data that are there. */
export async function serve(env: Env, footing: Footing, options: ServerOptions): Promise<Serving> {
  const { log, eraseAfterMs, metricsText } = options;
  const library = await readLibrary();
  const redis = await openDoor(footing, library, log);
  const endings = [redis.close];
  const end = async () => {
    for (const each of endings.reverse().splice(0)) await each();
  };
  try {
    const clustered = footing.redis.kind === 'cluster';
    const [durability] = await Promise.all(redis.masters().map((master) => inspectRedis(master, clustered)));
    if (!durability) throw new Error('no Redis');
    const warning = durability.level === 'always' || clustered ? undefined : durability.says;
    if (warning !== undefined) log.info({ durability }, warning);
    await enterData(redis, fingerprint(footing.secret));

    const parts = await wire({
      env,
      redis,
      library,
      durability,
      secret: footing.secret,
      clock: options.clock ?? systemClock,
      log,
      webRoot: join(import.meta.dirname, '../../web/dist'),
      ...(eraseAfterMs === undefined ? {} : { eraseAfterMs }),
      ...(metricsText === undefined ? {} : { metricsText }),
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
      warning,
      counts: parts.metrics.counts,
      async erase() {
        await parts.erasing.now();
      },
      stop: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
