import type { Redis } from 'ioredis';

/** What an acknowledged write survives. */
export type DurabilityLevel = 'always' | 'replicated' | 'everysec' | 'memory' | 'unknown';

/** What a Redis gives, as found out from itself. */
export interface Durability {
  readonly level: DurabilityLevel;
  /** For the log, `/readyz` and the administrator. */
  readonly says: string;
}

/** A Redis that Rill must not run on, with a sentence for the operator. */
export class RedisRefused extends Error {}

const OLDEST = 7;

/** Refuses a Redis on which the promises cannot be kept, and reads what durability it gives. */
export async function inspectRedis(redis: Redis, clustered = false): Promise<Durability> {
  const info = facts(await redis.info());
  const version = info.get('redis_version') ?? '0';
  if (Number.parseInt(version, 10) < OLDEST) {
    throw new RedisRefused(`This Redis is version ${version}; Rill needs ${OLDEST}.0 or newer.`);
  }
  if ((info.get('cluster_enabled') === '1') !== clustered) {
    throw new RedisRefused(
      clustered
        ? 'This Redis is no cluster: name it with REDIS_URL.'
        : 'This Redis is a node of a cluster: name it with REDIS_CLUSTER.',
    );
  }
  if (info.get('role') !== 'master') {
    throw new RedisRefused('This Redis is a replica: REDIS_URL must name the master.');
  }
  const policy = (await setting(redis, 'maxmemory-policy')) ?? info.get('maxmemory_policy');
  if (policy !== 'noeviction') {
    throw new RedisRefused(
      `This Redis may throw data away when memory is full (maxmemory-policy ${policy ?? 'unknown'}): set it to noeviction.`,
    );
  }
  const own = durabilityOf(info.get('aof_enabled') === '1', await setting(redis, 'appendfsync'));
  if (!clustered) return own;
  return {
    level: 'replicated',
    says: `Redis Cluster: what is acknowledged is at a master and at least one replica. On each: ${own.says}`,
  };
}

function durabilityOf(appendOnly: boolean, fsync: string | undefined): Durability {
  if (!appendOnly) {
    return { level: 'memory', says: 'appendonly is off: a restart of Redis loses acknowledged messages.' };
  }
  if (fsync === 'always') return { level: 'always', says: 'appendfsync always: what is acknowledged is on disk.' };
  if (fsync === undefined) {
    return {
      level: 'unknown',
      says: 'appendonly is on; Redis does not tell how often it syncs (CONFIG GET is not permitted).',
    };
  }
  return {
    level: 'everysec',
    says: `appendfsync ${fsync}: a power cut loses the last seconds of acknowledged messages.`,
  };
}

/** Undefined where CONFIG is not permitted, as with hosted ones. */
async function setting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const reply = await redis.config('GET', name);
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
  } catch {
    return undefined;
  }
}

/** INFO as names and values. */
export function facts(info: string): Map<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
}
