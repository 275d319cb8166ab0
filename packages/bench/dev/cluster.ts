import { once } from 'node:events';
import { startCluster } from '@rill/harness';

const cluster = await startCluster();
console.log(`A Redis Cluster of ${cluster.nodes.length} is up. In another terminal, as many servers as you like:

  REDIS_CLUSTER=${cluster.hosts} DATA_DIR=data/one npm start
  REDIS_CLUSTER=${cluster.hosts} DATA_DIR=data/two SECRET=$(cat data/one/secret) PORT=8081 npm start

Ctrl+C ends it, and what it holds is gone.`);
// Its redis-servers are children: the process stays for them.
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await cluster.stop();
