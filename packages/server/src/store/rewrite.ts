import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { facts } from './durability.ts';

const LOOK_EVERY_MS = 200;
/** A rewrite that takes longer is waited for in the next round. */
const PATIENCE_MS = 10 * 60_000;

/** What became of asking a Redis to write its files anew. */
export type Rewritten = 'done' | 'not-permitted' | 'failed';

/**
 * Has a Redis write everything it keeps on disk anew, beginning after this call: a rewrite that is running now may
 * have begun before what shall be gone. Resolves when the new files are in place.
 */
export async function rewriteFiles(redis: Redis, signal: AbortSignal): Promise<Rewritten> {
  const before = await persistence(redis, signal, (state) => !busy(state));
  if (!before) return 'failed';
  try {
    if (before.get('aof_enabled') === '1') await rewriteLog(redis, signal);
    if (await takesSnapshots(redis)) await snapshot(redis, signal);
    return 'done';
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command|not allowed/i.test(error.message)) return 'not-permitted';
    return 'failed';
  }
}

async function rewriteLog(redis: Redis, signal: AbortSignal): Promise<void> {
  const life = await runId(redis);
  // `scheduled` means after something that runs now; it starts after this moment too, and is seen below.
  await redis.bgrewriteaof();
  const after = await persistence(redis, signal, (state) => !busy(state) && state.get('aof_rewrite_scheduled') === '0');
  if (after?.get('aof_last_bgrewrite_status') !== 'ok' || (await runId(redis)) !== life) {
    throw new Error('the append-only file was not written anew');
  }
}

async function snapshot(redis: Redis, signal: AbortSignal): Promise<void> {
  const life = await runId(redis);
  await redis.bgsave();
  const after = await persistence(redis, signal, (state) => !busy(state));
  if (after?.get('rdb_last_bgsave_status') !== 'ok' || (await runId(redis)) !== life) {
    throw new Error('the snapshot was not written anew');
  }
}

async function takesSnapshots(redis: Redis): Promise<boolean> {
  const reply = await redis.config('GET', 'save').catch(() => undefined);
  return Array.isArray(reply) && typeof reply[1] === 'string' && reply[1] !== '';
}

const busy = (state: Map<string, string>): boolean =>
  state.get('aof_rewrite_in_progress') === '1' || state.get('rdb_bgsave_in_progress') === '1';

async function persistence(
  redis: Redis,
  signal: AbortSignal,
  until: (state: Map<string, string>) => boolean,
): Promise<Map<string, string> | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const state = facts(await redis.info('persistence'));
    if (until(state)) return state;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return undefined;
}

async function runId(redis: Redis): Promise<string | undefined> {
  return facts(await redis.info('server')).get('run_id');
}
