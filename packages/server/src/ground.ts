import { mkdir } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Env } from './env.ts';
import { readSecret } from './secret.ts';
import { boundDoor } from './store/bounded-door.ts';
import { openCluster } from './store/cluster.ts';
import { lockData } from './store/data-lock.ts';
import { startEmbedded } from './store/embedded.ts';
import { type FunctionLibrary, readLibrary } from './store/functions.ts';
import { openRedis, type RedisDoor } from './store/redis.ts';

/** How a process of this server finds its data. Plain, so that it can be handed to another process. */
export interface Footing {
  readonly secret: string;
  readonly redis:
    | { readonly kind: 'one'; readonly url: string }
    | { readonly kind: 'cluster'; readonly urls: readonly string[] };
}

/** What one server has once, however many processes it is: the lock on its data, its secret, its own Redis. */
export interface Ground extends Footing {
  /** Where the embedded Redis listens, where there is one. */
  readonly redisUrl: string | undefined;
  /** Its process of this moment. */
  redisPid(): number | undefined;
  /** To be called when nobody stands on it any more. */
  leave(): Promise<void>;
}

export async function takeGround(env: Env, log: FastifyBaseLogger): Promise<Ground> {
  await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockData(env.dataDir);
  try {
    const secret = await readSecret(env.secret, env.dataDir);
    const none = { secret, redisUrl: undefined, redisPid: () => undefined, leave: async () => lock.release() };
    if (env.redis.kind === 'cluster') return { ...none, redis: env.redis };
    if (env.redis.kind === 'external') return { ...none, redis: { kind: 'one', url: env.redis.url } };
    const { appendfsync, server } = env.redis;
    const embedded = await startEmbedded({
      dataDir: env.dataDir,
      appendfsync,
      server,
      library: await readLibrary(),
      log,
    });
    return {
      secret,
      redis: { kind: 'one', url: embedded.url },
      redisUrl: embedded.url,
      redisPid: embedded.pid,
      async leave() {
        await embedded.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The door to wherever the data are. */
export async function openDoor(
  { redis }: Footing,
  library: FunctionLibrary,
  log: FastifyBaseLogger,
): Promise<RedisDoor> {
  const onError = (error: Error) => log.debug({ err: error }, 'a connection to Redis');
  return boundDoor(
    redis.kind === 'cluster'
      ? await openCluster({ urls: redis.urls, library, onError })
      : await openRedis({ url: redis.url, library, onError }),
  );
}
