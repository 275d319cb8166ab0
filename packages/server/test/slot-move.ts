import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** Settings of a redis-server that is a node of a cluster. */
export interface NodeSettings extends Record<string, string> {
  'cluster-enabled': string;
  port: string;
  'cluster-port': string;
}

export async function nodeSettings(): Promise<NodeSettings> {
  return { 'cluster-enabled': 'yes', port: await freePort(), 'cluster-port': await freePort() };
}

/** Two nodes, all slots at the first. */
export interface SlotMove {
  slotOf(key: string): Promise<number>;
  /** From now on the slot is on its way to the other node; keys move one by one. */
  begin(slot: number): Promise<void>;
  /** The slot is the first node's, as if nothing had begun. */
  takeBack(slot: number): Promise<void>;
}

/** Joins two nodes to a cluster of which the first has every slot. */
export async function joinNodes(here: Redis, own: NodeSettings, there: Redis): Promise<SlotMove> {
  await here.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
  await there.call('CLUSTER', 'MEET', '127.0.0.1', own.port, own['cluster-port']);
  const ids = await Promise.all([here, there].map(async (node) => String(await node.call('CLUSTER', 'MYID'))));
  const [hereId = '', thereId = ''] = ids;
  const isReady = async (node: Redis) => {
    const nodes = String(await node.call('CLUSTER', 'NODES'));
    return (
      String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:ok') && ids.every((id) => nodes.includes(id))
    );
  };
  // Redis tells nobody when its nodes have heard of each other.
  while (!((await isReady(here)) && (await isReady(there)))) await sleep(50);
  return {
    slotOf: async (key) => Number(await here.call('CLUSTER', 'KEYSLOT', key)),
    async begin(slot) {
      await here.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', thereId);
      await there.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', hereId);
    },
    async takeBack(slot) {
      await here.call('CLUSTER', 'SETSLOT', slot, 'STABLE');
    },
  };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(typeof address === 'object' && address ? address.port : 0);
}
