import { setTimeout as sleep } from 'node:timers/promises';
import calculateSlot from 'cluster-key-slot';
import type { Redis } from 'ioredis';
import { Refusal } from '../domain/refusal.ts';
import { createClusterChannels } from './cluster-channels.ts';
import { type ClusterMap, readClusterMap } from './cluster-map.ts';
import type { FunctionCall } from './function-call.ts';
import { type FunctionLibrary, readLibrary } from './functions.ts';
import type { RedisDoor } from './redis.ts';
import { isMoved, RETRY_AFTER_MS, refusalOf } from './redis-errors.ts';
import { openLink } from './redis-link.ts';
import { atAddress, createReplicas } from './replicas.ts';
import { openShard, type Shard } from './shard.ts';

const LOOK_EVERY_MS = 10_000;
/** While a master cannot be reached or a channel is not where it is served. */
const LOOK_AGAIN_MS = 250;

export interface ClusterOptions {
  /** Some of its nodes, as `redis://…`; the others are found through them. */
  readonly urls: readonly string[];
  readonly library?: FunctionLibrary;
  readonly connectMs?: number;
  readonly onError?: (error: Error) => void;
}

/** The door to a Redis Cluster: every function at the master that has its slot, acknowledged when a replica has it. */
export async function openCluster(options: ClusterOptions): Promise<RedisDoor> {
  const library = options.library ?? (await readLibrary());
  const onError = options.onError ?? (() => {});
  const [seed = ''] = options.urls;
  const shards = new Map<string, Shard>();
  const replicas = createReplicas(seed);
  const asked = new Map<string, Redis>();
  let map: ClusterMap | undefined;
  let closed = false;
  let looking: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;

  const shardOfKey = (key: string): Shard | undefined => {
    const address = map?.masterOf[calculateSlot(key)];
    return address === undefined ? undefined : shards.get(address);
  };
  const channels = createClusterChannels(shardOfKey);

  /** A node to ask for the map: any that is known, never one of those that carry requests. */
  async function ask(url: string): Promise<ClusterMap> {
    const link = asked.get(url) ?? openLink(url, 'rill-map');
    if (!asked.has(url)) link.on('error', onError);
    asked.set(url, link);
    if (link.status !== 'ready') await link.connect();
    return readClusterMap(link, new URL(url).hostname);
  }

  async function newestMap(): Promise<ClusterMap> {
    const known = map ? [...map.masters, ...map.replicas].map((address) => atAddress(seed, address)) : [];
    let last: unknown;
    for (const url of [...known, ...options.urls].sort(() => Math.random() - 0.5)) {
      try {
        return await ask(url);
      } catch (error) {
        last = error;
      }
    }
    throw new Error('Redis does not answer', { cause: last });
  }

  async function open(address: string): Promise<void> {
    const shard = await openShard({
      url: atAddress(seed, address),
      address,
      library,
      onError,
      onDoubt: () => lookSoon(),
    });
    shard.subscriber.onResubscribed(channels.returned);
    shards.set(address, shard);
  }

  async function look(): Promise<void> {
    const next = await newestMap();
    await Promise.all(next.masters.filter((address) => !shards.has(address)).map(open));
    map = next;
    await channels.settle();
    for (const [address, shard] of shards) {
      if (next.masters.includes(address)) continue;
      shards.delete(address);
      await shard.close();
    }
  }

  const well = () => map !== undefined && channels.settled() && [...shards.values()].every((each) => each.connected());

  /** One look at a time; goes on looking until everything is where it should be. */
  function lookNow(): Promise<void> {
    looking ??= look()
      .catch(onError)
      .finally(() => {
        looking = undefined;
        if (!closed && !well()) lookSoon();
      });
    return looking;
  }
  function lookSoon(): void {
    if (closed || again) return;
    again = setTimeout(() => {
      again = undefined;
      void lookNow();
    }, LOOK_AGAIN_MS);
  }

  async function run(call: FunctionCall): Promise<string[]> {
    const writes = call.command === 'fcall';
    const [key = ''] = call.keys;
    const at = async (shard: Shard | undefined) => {
      if (!shard) throw new Refusal('unavailable', { retryAfterMs: RETRY_AFTER_MS });
      return writes ? shard.call(call) : shard.read(call);
    };
    try {
      return await at(shardOfKey(key));
    } catch (error) {
      if (!isMoved(error)) {
        lookSoon();
        throw refusalOf(error, writes);
      }
    }
    try {
      await lookNow();
      return await at(shardOfKey(key));
    } catch (error) {
      throw refusalOf(error, writes);
    }
  }

  const deadline = performance.now() + (options.connectMs ?? 10_000);
  while (!well()) {
    await lookNow();
    if (!well() && performance.now() > deadline) {
      await close();
      throw new Error('Redis does not answer');
    }
    if (!well()) await sleep(LOOK_AGAIN_MS);
  }
  const timer = setInterval(() => void lookNow(), LOOK_EVERY_MS);
  timer.unref();

  async function close(): Promise<void> {
    closed = true;
    clearInterval(timer);
    clearTimeout(again);
    replicas.close();
    for (const link of asked.values()) link.disconnect();
    await Promise.all([...shards.values()].map((shard) => shard.close()));
  }

  return {
    call: (name, keys, args) => run({ command: 'fcall', name, keys, args }),
    read: (name, keys, args) => run({ command: 'fcall_ro', name, keys, args }),
    subscribe: channels.subscribe,
    onResubscribed: channels.onResubscribed,
    subscriberAlive: () => channels.settled() && [...shards.values()].every(({ subscriber }) => subscriber.alive()),
    masters: () => [...shards.values()].map(({ link }) => link),
    async copies() {
      const all = [...shards.values()].map(({ link }) => link);
      return [...all, ...(await Promise.all(all.map((link) => replicas.of(link)))).flat()];
    },
    close,
  };
}
