import { startCluster, type TestCluster } from './cluster.ts';

/**
 * `RILL_TEST_REDIS=cluster` runs the servers of tests on a Redis Cluster. What is about the embedded Redis alone is
 * skipped then: `{ skip: ON_CLUSTER }`.
 */
export const ON_CLUSTER: false | string =
  process.env['RILL_TEST_REDIS'] === 'cluster' ? 'this is about the embedded Redis' : false;

/** A cluster for a server whose test did not say where its data shall be. */
export async function clusterFor(env: Readonly<Record<string, string>> = {}): Promise<TestCluster | undefined> {
  const said = 'REDIS_URL' in env || 'REDIS_CLUSTER' in env;
  return ON_CLUSTER !== false && !said ? startCluster() : undefined;
}
