import { startRedis, type TestRedis } from '@rill/harness';
import { pin } from './processes.ts';

/** As the embedded Redis has them, where they tell on what is measured. */
export const AS_EMBEDDED = {
  'stream-node-max-entries': '128',
  'stream-node-max-bytes': '16384',
  'latency-tracking': 'no',
};

/** A Redis of its own, with `appendfsync always`, beside the load. */
export async function startBenchRedis(): Promise<TestRedis> {
  const redis = await startRedis({ settings: AS_EMBEDDED });
  pin(redis.pid(), 'load');
  return redis;
}
