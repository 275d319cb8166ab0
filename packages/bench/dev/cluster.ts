import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '@rill/harness';
import { readCommandLine } from '@rill/harness/command-line';

const HELP = `Starts a Redis Cluster of three masters and three replicas on this machine, to try Rill on it.

  npm run cluster -- [--data <folder>]

  --data   keeps its files there; without it they are gone at the end
`;

const { values } = readCommandLine(HELP, () => parseArgs({ options: { data: { type: 'string' } } }));

const folder = values.data === undefined ? undefined : resolve(values.data);
if (folder !== undefined) await mkdir(folder, { recursive: true });
const cluster = await startCluster(folder === undefined ? {} : { folder });
console.log(`A Redis Cluster of ${cluster.nodes.length} is up. In another terminal, as many servers as you like:

  REDIS_CLUSTER=${cluster.hosts} DATA_DIR=data/one npm start
  REDIS_CLUSTER=${cluster.hosts} DATA_DIR=data/two SECRET=$(cat data/one/secret) PORT=8081 npm start

Ctrl+C ends it.`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await cluster.stop();
process.exit();
