import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import type { FunctionLibrary } from './functions.ts';
import { PARTITIONS, partitionKey } from './keys.ts';

const KEYS = Array.from({ length: PARTITIONS }, (_, at) => partitionKey(at));

/** How far each partition had come, as a file beside Redis that does not go back when Redis does. */
interface Mark {
  /** Of the Redis it was read from. */
  readonly replid: string;
  readonly ticks: readonly number[];
  /** The file's own place on the disk and the machine's start: a mark that was restored from a copy says nothing. */
  readonly inode: string;
  readonly boot: string;
}

/** Carries epochs from one life of our own Redis to the next. */
export interface EpochMark {
  /**
   * To be called before anybody else reaches a Redis that has just loaded, and `write` at once after: how many epochs
   * go on, how many do not.
   */
  carry(redis: Redis, library: FunctionLibrary): Promise<{ carried: number; goneBack: number }>;
  /** Writes the mark if any partition has moved. */
  write(redis: Redis): Promise<void>;
}

export function createEpochMark(file: string): EpochMark {
  let last: { readonly replid: string; readonly ticks: readonly number[] } | undefined;
  let onDisk = false;

  async function write(redis: Redis): Promise<void> {
    if (!last) return;
    const { replid, ticks: before } = last;
    const ticks = await ticksOf(redis);
    if (onDisk && ticks.every((tick, at) => tick === before[at])) return;
    await writeMark(file, { replid, ticks });
    last = { replid, ticks };
    onDisk = true;
  }

  return {
    async carry(redis, library) {
      const mark = last ?? (await readMark(file));
      const replid = await replidOf(redis);
      const count = mark ? await carryAll(redis, library, mark) : { carried: 0, goneBack: 0 };
      last = { replid, ticks: mark?.ticks ?? [] };
      onDisk = false;
      return count;
    },
    write,
  };
}

async function carryAll(redis: Redis, library: FunctionLibrary, mark: { replid: string; ticks: readonly number[] }) {
  const count = { carried: 0, goneBack: 0 };
  const calls = redis.pipeline();
  for (const [at, key] of KEYS.entries()) {
    calls.fcall(library.nameOf('partition_carry'), 1, key, mark.replid, mark.ticks[at] ?? 0);
  }
  for (const [error, reply] of (await calls.exec()) ?? []) {
    if (error) throw error;
    const [word] = reply as string[];
    if (word === 'carried') count.carried += 1;
    if (word === 'gone-back') count.goneBack += 1;
  }
  return count;
}

async function ticksOf(redis: Redis): Promise<number[]> {
  const calls = redis.pipeline();
  for (const key of KEYS) calls.hget(key, 'tick');
  return ((await calls.exec()) ?? []).map(([error, tick]) => {
    if (error) throw error;
    return Number(tick ?? 0);
  });
}

async function replidOf(redis: Redis): Promise<string> {
  const replid = /master_replid:([0-9a-f]+)/.exec(await redis.info('replication'))?.[1];
  if (!replid) throw new Error('Redis names no replication id');
  return replid;
}

async function writeMark(file: string, mark: { replid: string; ticks: readonly number[] }): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'wx', 0o600);
  try {
    const { ino } = await handle.stat({ bigint: true });
    await handle.writeFile(JSON.stringify({ ...mark, inode: String(ino), boot: await bootId() } satisfies Mark));
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

async function readMark(file: string): Promise<Mark | undefined> {
  try {
    const mark = JSON.parse(await readFile(file, 'utf8')) as Mark;
    const { ino } = await stat(file, { bigint: true });
    return mark.inode === String(ino) && mark.boot === (await bootId()) ? mark : undefined;
  } catch {
    // None, or half of one: every epoch begins anew, which costs a resync and loses nothing.
    return undefined;
  }
}

/** Differs after each start of the machine; a disk that was set back was so while the machine was off. */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim();
}
