import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestRedis, until } from '@rill/harness';
import type { Violation } from './history/record.ts';
import type { World } from './world.ts';

/** What the nodes hold on to while nobody is connected. */
export interface Footing {
  /** Open files and sockets of each node. */
  readonly files: readonly number[];
  /** Connections of all nodes to Redis that carry requests or events. */
  readonly connections: number;
  /** Channels that any node listens to. */
  readonly channels: number;
}

/** A room that is left empty is kept for half a minute, in case somebody comes back. */
const PATIENCE = 45_000;

/** What is held once every client's connection is gone. */
export async function footing(world: World): Promise<Footing> {
  for (const { front } of world.nodes) front.reset();
  await sleep(300);
  return look(world);
}

/** I15: after all have gone, no more is held than before anybody came: not a channel, and a twentieth of the rest. */
export async function allLetGo(world: World, before: Footing): Promise<Violation[]> {
  let now = await footing(world);
  const most = (count: number): number => Math.ceil(count * 1.05) + 2;
  // A node may come to ask each server of a cluster for the map, and each copy for a rewrite; both lines it keeps.
  const kept = world.store.is === 'cluster' ? 2 * world.store.cluster.nodes.length : 0;
  const isLow = (): boolean =>
    now.files.every((files, at) => files <= most(before.files[at] ?? 0) + kept) &&
    now.connections <= most(before.connections) &&
    // A node that had an event stream goes on listening for frames that come in elsewhere.
    now.channels <= before.channels + world.nodes.length;
  const looked = async (): Promise<boolean> => {
    now = await look(world);
    return isLow();
  };
  return until('everything is let go', looked, PATIENCE).then(
    () => [],
    () => [{ rule: 'I15', says: `held before: ${JSON.stringify(before)}, after all had gone: ${JSON.stringify(now)}` }],
  );
}

async function look({ nodes, store }: World): Promise<Footing> {
  const files = await Promise.all(nodes.map(async ({ server }) => (await readdir(`/proc/${server.pid()}/fd`)).length));
  const servers = store.is === 'single' ? [store.redis] : store.cluster.nodes.map(({ server }) => server);
  const seen = await Promise.all(servers.map(lookAt));
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
  return {
    files,
    connections: sum(seen.map(({ connections }) => connections)),
    channels: sum(seen.map(({ channels }) => channels)),
  };
}

async function lookAt(redis: TestRedis): Promise<{ connections: number; channels: number }> {
  const client = redis.client();
  try {
    const list = String(await client.client('LIST'));
    const channels = (await client.pubsub('CHANNELS')).length + (await client.pubsub('SHARDCHANNELS')).length;
    return {
      connections: list.split('\n').filter((line) => / name=rill(-reads|-subscriber)? /.test(line)).length,
      channels,
    };
  } finally {
    client.disconnect();
  }
}
