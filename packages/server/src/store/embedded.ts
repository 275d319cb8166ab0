import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDiskRoom } from './disk-room.ts';
import { createEpochMark } from './epoch-mark.ts';
import { type FunctionLibrary, loadLibrary } from './functions.ts';
import { endOrphan, type RedisProcess, spawnRedis } from './redis-process.ts';

/** Longer paths of sockets fail: the kernel has 108 bytes, the last of them zero. */
const SOCKET_PATH_MAX = 107;
const LOOK_EVERY_MS = 1_000;
const RESTART_MAX_MS = 5_000;
/** A life that lasted so long was no failing start. */
const HEALTHY_MS = 60_000;

/** What the keeper of our own Redis tells. */
interface Log {
  error(fields: object, text: string): void;
  info(fields: object, text: string): void;
  debug(fields: object, text: string): void;
}

export interface EmbeddedOptions {
  /** A folder nobody else writes to: see data-lock.ts. */
  readonly dataDir: string;
  readonly appendfsync: 'always' | 'everysec';
  /** The redis-server to run. */
  readonly server: string;
  readonly library: FunctionLibrary;
  readonly log: Log;
}

/** The Redis that the server runs for itself. */
export interface EmbeddedRedis {
  /** What openRedis takes. While Redis is away nothing listens there. */
  readonly url: string;
  /** The process of this moment; undefined between two lives. */
  pid(): number | undefined;
  /** Ends it after everything that was asked; to be called when nobody asks any more. */
  stop(): Promise<void>;
}

/** Starts our own redis-server and keeps it running until stop(). */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedRedis> {
  const { log, library, appendfsync } = options;
  await mkdir(join(options.dataDir, 'redis'), { recursive: true, mode: 0o700 });
  const folder = await realpath(join(options.dataDir, 'redis'));
  if (await endOrphan(folder))
    log.info({ folder }, 'stopped the redis-server that a server before this one left behind');
  const sockets = await socketFolder(folder);
  const door = join(sockets, 'redis.sock');
  const mark = createEpochMark(join(folder, 'epoch-mark.json'));
  const room = createDiskRoom(folder, log);
  let lives = 0;
  let stopping: Promise<void> | undefined;
  let process: RedisProcess | undefined;

  /** One life: nobody reaches Redis through the door before its functions are there and its epochs carried over. */
  async function live(): Promise<RedisProcess> {
    lives += 1;
    const socket = join(sockets, `${lives}.sock`);
    await rm(door, { force: true });
    await rm(socket, { force: true });
    const born = await spawnRedis({
      server: options.server,
      folder,
      socket,
      appendfsync,
      onLine: (line) => log.debug({ line }, 'redis-server says'),
    });
    try {
      await loadLibrary(born.link, library, { alone: true });
      // Only `always` promises that nothing a partition's tick counted is lost.
      if (appendfsync === 'always') {
        log.debug(await mark.carry(born.link, library), 'epochs carried over');
        // Without it the next start begins new epochs, which is safe.
        await mark.write(born.link).catch((error) => log.info({ err: error }, 'the epoch mark was not written'));
      }
      await room.look(born.link);
      await symlink(socket, door);
    } catch (error) {
      await born.stop();
      throw error;
    }
    return born;
  }

  async function keep(first: RedisProcess): Promise<void> {
    process = first;
    let wait = 100;
    while (!stopping) {
      const startedAt = performance.now();
      const how = await process?.ended;
      if (stopping) return;
      process?.link.disconnect();
      process = undefined;
      if (performance.now() - startedAt > HEALTHY_MS) wait = 100;
      log.error({ how, wait }, 'redis-server ended; it is started again');
      await sleep(wait);
      wait = Math.min(wait * 2, RESTART_MAX_MS);
      try {
        if (!stopping) process = await live();
      } catch (error) {
        log.error({ err: error }, 'redis-server did not start');
      }
    }
  }

  const keeping = keep(await live());
  const looking = setInterval(() => {
    if (!process) return;
    const { link } = process;
    // Fails while Redis is between two lives, and is done again in a second.
    room.look(link).catch((error) => log.debug({ err: error }, 'the disk was not looked at'));
    if (appendfsync === 'always')
      mark.write(link).catch((error) => log.debug({ err: error }, 'the epoch mark was not written'));
  }, LOOK_EVERY_MS);

  async function stop(): Promise<void> {
    clearInterval(looking);
    const last = process;
    if (last && appendfsync === 'always') {
      await mark.write(last.link).catch((error) => log.info({ err: error }, 'the last epoch mark was not written'));
    }
    await last?.stop();
    await keeping;
    // A life that began while this was asked for.
    if (process !== last) await process?.stop();
    await rm(door, { force: true });
    if (sockets !== folder) await rm(sockets, { recursive: true, force: true });
  }

  return {
    url: `unix://${door}`,
    pid: () => process?.pid,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** The data's own folder, or one with a shorter name. */
async function socketFolder(folder: string): Promise<string> {
  const longest = join(folder, '999999999.sock');
  return Buffer.byteLength(longest) <= SOCKET_PATH_MAX ? folder : mkdtemp(join(tmpdir(), 'rill-'));
}
