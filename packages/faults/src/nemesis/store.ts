import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestRedis } from '@rill/harness';
import { say } from '../people/writer.ts';
import type { Store } from '../world.ts';
import type { Nemesis } from './nemesis.ts';

const allocate = promisify(execFile);

/** F3: Redis is killed and started again on its own file. */
const killed: Nemesis = {
  name: 'redis-killed',
  async strike({ store, random }) {
    const { redis } = single(store);
    await redis.kill();
    await sleep(random.below(1_500));
    await redis.restart();
  },
};

/** F9: Redis stands still and goes on. */
const paused: Nemesis = {
  name: 'redis-paused',
  async strike({ store, random }) {
    const { redis } = single(store);
    process.kill(redis.pid(), 'SIGSTOP');
    await sleep(random.pick([1_000, 3_000, 6_500]));
    process.kill(redis.pid(), 'SIGCONT');
  },
};

/** F8: memory is full. */
const full: Nemesis = {
  name: 'memory-full',
  async strike({ store }) {
    const { redis } = single(store);
    await setting(redis, 'maxmemory', '1');
    await sleep(2_000);
    await setting(redis, 'maxmemory', '0');
  },
};

/** F7: the disk under the append-only file is full: with `always` Redis ends, and is started again when there is room. */
const diskFull: Nemesis = {
  name: 'disk-full',
  possible: ({ store }) => single(store).small,
  async strike({ store }) {
    const { redis, folder } = single(store);
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = await statfs(folder);
    // The blocks are taken without being written: the run must not stand still for it.
    await allocate('fallocate', ['--length', `${bavail * bsize}`, ballast]).catch(() => {});
    await sleep(1_500);
    if (existsSync(ballast)) await rm(ballast);
    await redis.restart();
  },
};

/** F11: the link of a node to Redis is cut, silently or with a reset. */
const linkCut: Nemesis = {
  name: 'command-link-cut',
  async strike({ nodes, random }) {
    const { back } = random.pick(nodes);
    if (back === undefined) return;
    if (random.next() < 0.5) back.reset();
    else {
      back.cut(random.pick(['both', 'up', 'down']));
      await sleep(2_000 + random.below(5_000));
      back.mend();
    }
  },
};

/** F12: only the link on which a node hears of events is cut, silently. */
const deaf: Nemesis = {
  name: 'subscriber-link-cut',
  async strike(world) {
    const { nodes, random, owner, quiet } = world;
    const { back } = random.pick(nodes);
    if (back === undefined) return;
    back.cutNamed('rill-subscriber');
    await sleep(1_000 + random.below(3_000));
    await say(world, owner, quiet);
    await sleep(2_000 + random.below(6_000));
    back.mend();
  },
};

/** Redis throws away the subscriber that does not keep up. */
const bufferLimit: Nemesis = {
  name: 'output-buffer-limit',
  async strike({ store }) {
    const { redis } = single(store);
    await setting(redis, 'client-output-buffer-limit', 'pubsub 4kb 2kb 1');
    await sleep(2_000);
    await setting(redis, 'client-output-buffer-limit', 'pubsub 33554432 8388608 60');
  },
};

/** F14: the functions are gone, as on a new and empty master. */
const functionsGone: Nemesis = {
  name: 'functions-gone',
  async strike({ store }) {
    const { redis } = single(store);
    const client = redis.client();
    await client.function('FLUSH');
    client.disconnect();
  },
};

/** These faults are those of one Redis. */
function single(store: Store): Extract<Store, { is: 'single' }> {
  if (store.is !== 'single') throw new TypeError('this fault is for one Redis');
  return store;
}

async function setting(redis: TestRedis, name: string, value: string): Promise<void> {
  const client = redis.client();
  await client.config('SET', name, value);
  client.disconnect();
}

export const STORE: readonly Nemesis[] = [killed, paused, full, diskFull, linkCut, deaf, bufferLimit, functionsGone];
