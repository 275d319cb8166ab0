import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import calculateSlot from 'cluster-key-slot';
import { Redis } from 'ioredis';
import { startRedis, type TestRedis } from './redis.ts';
import { until } from './until.ts';

const run = promisify(execFile);

export interface TestClusterOptions {
  /** Where the nodes keep their files; default: a folder that is gone at the end. */
  readonly folder?: string;
  /** Default: 3, each with one replica. */
  readonly masters?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** One of its servers. */
export interface ClusterNode {
  readonly port: number;
  readonly server: TestRedis;
  /** A connection to this node alone. */
  readonly client: Redis;
  role(): Promise<'master' | 'slave'>;
}

/** A Redis Cluster on this machine's loopback. */
export interface TestCluster {
  /** Under which the nodes keep their files. */
  readonly folder: string;
  /** What REDIS_CLUSTER takes. */
  readonly hosts: string;
  readonly nodes: readonly ClusterNode[];
  /** The master that has the slot of a key now. */
  masterOf(key: string): Promise<ClusterNode>;
  /** Waits until every slot is served and every master has a replica that keeps up. */
  whole(): Promise<void>;
  /** Empties it: data and functions. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the redis-servers and joins them. */
export async function startCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'rill-cluster-')));
  const count = (options.masters ?? 3) * 2;
  const ports = await portsOf(folder, count * 2);
  const nodes = await Promise.all(
    Array.from({ length: count }, async (_, at): Promise<ClusterNode> => {
      const [port = 0, bus = 0] = ports.slice(at * 2);
      const home = join(folder, String(at));
      await mkdir(home, { recursive: true });
      const server = await startRedis({
        folder: home,
        appendfsync: 'everysec',
        settings: {
          port: String(port),
          bind: '127.0.0.1',
          'cluster-enabled': 'yes',
          'cluster-port': String(bus),
          'cluster-config-file': join(home, 'nodes.conf'),
          'cluster-node-timeout': '2000',
          'cluster-replica-validity-factor': '0',
          'repl-diskless-sync-delay': '0',
          'enable-debug-command': 'local',
          ...options.settings,
        },
      });
      // Fails at once while the node is down, and finds it soon when it is back.
      const client = new Redis({ path: server.socket, maxRetriesPerRequest: 0, retryStrategy: () => 100 });
      client.on('error', () => {});
      return { port, server, client, role: () => roleOf(client) };
    }),
  );
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  // A folder that was used before has a cluster in it, which comes together by itself.
  const known = await nodes[0]?.client.cluster('NODES');
  if (String(known).trim().split('\n').length < count) {
    await run('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-replicas', '1', '--cluster-yes']);
  }

  async function whole(): Promise<void> {
    await until(
      'every node sees every slot served, and every replica is in step',
      async () => {
        for (const { client } of nodes) {
          const state = String(await client.cluster('INFO').catch(() => ''));
          if (!state.includes('cluster_state:ok')) return false;
          const replication = await client.info('replication').catch(() => '');
          const inStep = replication.includes('role:master') ? /state=online/ : /master_link_status:up/;
          if (!inStep.test(replication)) return false;
        }
        return true;
      },
      30_000,
    );
  }
  await whole();

  return {
    folder,
    hosts: hosts.join(','),
    nodes,
    whole,
    async masterOf(key) {
      const slot = calculateSlot(key);
      let found: ClusterNode | undefined;
      await until(
        `somebody has slot ${slot}`,
        async () => {
          for (const node of nodes) if (await has(node, slot)) found = node;
          return found !== undefined;
        },
        30_000,
      );
      if (!found) throw new Error('nobody');
      return found;
    },
    async clear() {
      for (const { client } of nodes) {
        if ((await roleOf(client)) !== 'master') continue;
        await client.flushall();
        await client.function('FLUSH');
      }
    },
    async stop() {
      for (const { client } of nodes) client.disconnect();
      await Promise.all(nodes.map(({ server }) => server.stop()));
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a node says of itself that it has a slot. One that is down has none; asking it would wait for its return. */
async function has({ client, port }: ClusterNode, slot: number): Promise<boolean> {
  if (client.status !== 'ready') return false;
  const slots: unknown = await client.cluster('SLOTS').catch(() => []);
  return (slots as [number, number, [string, number]][]).some(
    ([from, to, [, master]]) => slot >= from && slot <= to && master === port,
  );
}

async function roleOf(client: Redis): Promise<'master' | 'slave'> {
  return (await client.info('replication')).includes('role:master') ? 'master' : 'slave';
}

/** Nodes know each other by their ports, so a folder keeps them. */
async function portsOf(folder: string, count: number): Promise<number[]> {
  const file = join(folder, 'ports.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as number[];
  const ports = await freePorts(count);
  await writeFile(file, JSON.stringify(ports));
  return ports;
}

/** Ports that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => {
    const address = probe.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(
    probes.map((probe) => {
      probe.close();
      return once(probe, 'close');
    }),
  );
  return ports;
}
