import { statfs } from 'node:fs/promises';
import type { FunctionLibrary } from './store/functions.ts';
import { DISK_LOW_BYTES } from './store/disk-room.ts';
import type { Durability } from './store/durability.ts';
import type { RedisDoor } from './store/redis.ts';
import type { Check, Health } from './http/routes/health.ts';

/** Told before our own Redis stops storing. */
const DISK_FREE_MIN = 2 * DISK_LOW_BYTES;

interface HealthParts {
  readonly redis: RedisDoor;
  readonly library: FunctionLibrary;
  readonly durability: Durability;
  readonly dataDir: string;
}

export interface WatchedHealth extends Health {
  /** From now on the server says that requests should go elsewhere. */
  drain(): void;
}

/** Looks at what the server stands on. */
export function createHealth({ redis, library, durability, dataDir }: HealthParts): WatchedHealth {
  let draining = false;
  let looking: Promise<readonly Check[]> | undefined;

  async function lookAll(): Promise<readonly Check[]> {
    const [storage, functions, disk] = await Promise.all([
      look('storage', async () => {
        await Promise.all(redis.masters().map((master) => master.ping()));
        return redis.subscriberAlive() ? undefined : 'the line that brings events is not there';
      }),
      look('functions', async () => {
        for (const master of redis.masters()) {
          const found = await master.function('LIST', 'LIBRARYNAME', library.name);
          if (found.length === 0) return 'not loaded';
        }
        return undefined;
      }),
      look('disk', async () => {
        const { bavail, bsize } = await statfs(dataDir);
        const free = bavail * bsize;
        return free < DISK_FREE_MIN ? `${Math.floor(free / 1_048_576)} MiB left` : undefined;
      }),
    ]);
    return [storage, functions, { name: 'durability', ok: true, detail: durability.says }, disk];
  }

  return {
    drain() {
      draining = true;
    },
    async checks() {
      // Anybody may ask, as often as they like: whoever asks while one looks gets the same answer.
      looking ??= lookAll().finally(() => {
        looking = undefined;
      });
      const found = await looking;
      return [
        ...found,
        { name: 'accepting', ok: !draining, ...(draining ? { detail: 'the server is stopping' } : {}) },
      ];
    },
  };
}

async function look(name: Check['name'], at: () => Promise<string | undefined>): Promise<Check> {
  try {
    const wrong = await at();
    return wrong === undefined ? { name, ok: true } : { name, ok: false, detail: wrong };
  } catch {
    return { name, ok: false, detail: 'no answer' };
  }
}
