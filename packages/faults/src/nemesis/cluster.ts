import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterNode, TestCluster } from '@rill/harness';
import type { World } from '../world.ts';
import type { Nemesis } from './nemesis.ts';

/** The cluster, and a key of one of the rooms: faults go where something is going on. */
function aim({ store, random, open, closed }: World): { cluster: TestCluster; tag: string } {
  if (store.is !== 'cluster') throw new TypeError('this fault is for a cluster');
  return { cluster: store.cluster, tag: `{p${random.pick([open, closed]).slice(0, 2)}}` };
}

async function replicaOf(cluster: TestCluster, master: ClusterNode): Promise<ClusterNode | undefined> {
  for (const node of cluster.nodes) {
    const info = await node.client.info('replication').catch(() => '');
    if (info.includes('role:slave') && info.includes(`master_port:${master.port}\r\n`)) return node;
  }
  return undefined;
}

/** F15: a master is killed; its replica takes over; it comes back as a replica. */
const killed: Nemesis = {
  name: 'master-killed',
  async strike(world) {
    const { cluster, tag } = aim(world);
    const master = await cluster.masterOf(tag);
    await master.server.kill();
    await sleep(4_000 + world.random.below(2_000));
    await master.server.restart();
    await cluster.whole();
  },
};

/** F17: a master stands still past the time-out, is deposed, and wakes believing that it still is one. */
const paused: Nemesis = {
  name: 'master-paused',
  async strike(world) {
    const { cluster, tag } = aim(world);
    const master = await cluster.masterOf(tag);
    process.kill(master.server.pid(), 'SIGSTOP');
    await sleep(6_000);
    process.kill(master.server.pid(), 'SIGCONT');
    await cluster.whole();
  },
};

/** F16: the replica lags, and then the master dies. */
const lagging: Nemesis = {
  name: 'replica-lags-master-killed',
  async strike(world) {
    const { cluster, tag } = aim(world);
    const master = await cluster.masterOf(tag);
    const replica = await replicaOf(cluster, master);
    if (replica === undefined) return;
    process.kill(replica.server.pid(), 'SIGSTOP');
    // What the kernel holds for a sleeper it would still read when it wakes: its link has to go as well.
    await master.client.call('CLIENT', 'KILL', 'TYPE', 'replica');
    await sleep(1_000);
    await master.server.kill();
    process.kill(replica.server.pid(), 'SIGCONT');
    await sleep(4_000);
    await master.server.restart();
    await cluster.whole();
  },
};

/** F19: an administrator has the replica take over. */
const handedOver: Nemesis = {
  name: 'manual-failover',
  async strike(world) {
    const { cluster, tag } = aim(world);
    const replica = await replicaOf(cluster, await cluster.masterOf(tag));
    await replica?.client.cluster('FAILOVER');
    await sleep(1_500);
    await cluster.whole();
  },
};

/** F19: the slot of a room moves to another master, key by key, while people talk in it. */
const moved: Nemesis = {
  name: 'slot-moves',
  async strike(world) {
    const { cluster, tag } = aim(world);
    const from = await cluster.masterOf(tag);
    const slot = Number(await from.client.cluster('KEYSLOT', tag));
    const masters: ClusterNode[] = [];
    for (const node of cluster.nodes) if ((await node.role()) === 'master') masters.push(node);
    const to = world.random.pick(masters.filter((node) => node !== from));
    const [fromId, toId] = [String(await from.client.cluster('MYID')), String(await to.client.cluster('MYID'))];
    await to.client.cluster('SETSLOT', slot, 'IMPORTING', fromId);
    await from.client.cluster('SETSLOT', slot, 'MIGRATING', toId);
    for (;;) {
      const keys = await from.client.cluster('GETKEYSINSLOT', slot, 5);
      if (keys.length === 0) break;
      await from.client.call('MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'KEYS', ...keys);
      await sleep(50);
    }
    await to.client.cluster('SETSLOT', slot, 'NODE', toId);
    for (const master of masters) if (master !== to) await master.client.cluster('SETSLOT', slot, 'NODE', toId);
    await cluster.whole();
  },
};

export const CLUSTER: readonly Nemesis[] = [killed, paused, lagging, handedOver, moved];
