import { statfs } from 'node:fs/promises';
import type { Redis } from 'ioredis';

const MIB = 1_048_576;
/** With less, Redis is told to store nothing more: with `appendfsync always`, a write that fails ends it. */
export const DISK_LOW_BYTES = 32 * MIB;
/** With so much again, it stores as before. */
const DISK_ENOUGH_BYTES = 48 * MIB;

interface Log {
  error(fields: object, text: string): void;
  info(fields: object, text: string): void;
}

/** Keeps our own Redis from running into a full disk: reads go on, sends are refused with `storage_full`. */
export interface DiskRoom {
  look(redis: Redis): Promise<void>;
}

export function createDiskRoom(folder: string, log: Log): DiskRoom {
  let full = false;
  let last: Redis | undefined;
  return {
    async look(redis) {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      const now = free < (full ? DISK_ENOUGH_BYTES : DISK_LOW_BYTES);
      // A new life of Redis knows nothing of the last one.
      const told = redis === last;
      if (now === full && told) return;
      await redis.config('SET', 'maxmemory', now ? '1' : '0');
      if (now && !full) log.error({ mebibytes: Math.floor(free / MIB) }, 'the disk is full: nothing more is stored');
      if (!now && full) log.info({ mebibytes: Math.floor(free / MIB) }, 'the disk has room again');
      full = now;
      last = redis;
    },
  };
}
