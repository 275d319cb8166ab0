import { setTimeout as sleep } from 'node:timers/promises';
import { PARTITIONS, partitionKey } from '../store/keys.ts';
import type { RedisDoor } from '../store/redis.ts';
import { field } from '../store/replies.ts';
import { type Rewritten, rewriteFiles } from '../store/rewrite.ts';

/** P6 says 15 minutes, the rewrite itself included. */
const WAIT_MS = 5 * 60_000;
const LOOK_EVERY_MS = 30_000;
/** After Redis said that it does not permit it. */
const NOT_PERMITTED_MS = 60 * 60_000;

interface EraseParts {
  readonly redis: RedisDoor;
  readonly log: { error(fields: object, text: string): void; debug(fields: object, text: string): void };
  /** For how long recalls are gathered before the files are written anew. */
  readonly waitMs?: number;
  readonly lookEveryMs?: number;
}

export interface Erasing {
  /** Looks now, whether or not anything has waited long enough; resolves when what was waiting is gone from disk. */
  now(): Promise<Rewritten | 'nothing'>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly key: string;
  /** Redis's own time at the look: whatever was taken back before goes with a rewrite that begins after. */
  readonly now: string;
  readonly oldest: number;
}

/** Has Redis write its files anew after recalls and removals, so that no text stays on disk for longer than promised. */
export function startErasing({ redis, log, waitMs = WAIT_MS, lookEveryMs = LOOK_EVERY_MS }: EraseParts): Erasing {
  const stopping = new AbortController();
  let told: Rewritten | undefined;

  async function waiting(): Promise<Waiting[]> {
    const keys = Array.from({ length: PARTITIONS }, (_, at) => partitionKey(at));
    const replies = await Promise.all(keys.map((key) => redis.read('partition_erase', [key], [])));
    return replies.flatMap((reply, at) => {
      const oldest = field(reply, 2);
      return oldest === '' ? [] : [{ key: keys[at] ?? '', now: field(reply, 1), oldest: Number(oldest) }];
    });
  }

  async function erase(all: readonly Waiting[]): Promise<Rewritten> {
    for (const each of await redis.copies()) {
      const became = await rewriteFiles(each, stopping.signal);
      if (became === 'done') continue;
      if (became !== told)
        log.error({ became }, 'recalled texts are still in the files of Redis, which were not written anew');
      told = became;
      return became;
    }
    await Promise.all(all.map(({ key, now }) => redis.call('partition_erased', [key], [now])));
    told = undefined;
    log.debug({ partitions: all.length }, 'recalled texts are gone from the files of Redis');
    return 'done';
  }

  async function look(): Promise<void> {
    const all = await waiting();
    if (!all.some(({ now, oldest }) => Number(now) - oldest >= waitMs)) return;
    if ((await erase(all)) === 'not-permitted') await sleep(NOT_PERMITTED_MS, undefined, { signal: stopping.signal });
  }

  async function keepLooking(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Nodes that share a Redis do not all look at once.
      await sleep(lookEveryMs * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal, ref: false });
      await look().catch((error) => {
        if (!stopping.signal.aborted) log.debug({ err: error }, 'could not look for recalled texts');
      });
    }
  }

  const looking = keepLooking().catch(() => {});
  return {
    async now() {
      const all = await waiting();
      return all.length === 0 ? 'nothing' : erase(all);
    },
    async stop() {
      stopping.abort();
      await looking;
    },
  };
}
