import type { Redis } from 'ioredis';

/** Which master holds which slots, as one node of the cluster sees it. */
export interface ClusterMap {
  /** Address of the master of each slot; undefined where nobody has it. */
  readonly masterOf: readonly (string | undefined)[];
  readonly masters: readonly string[];
  readonly replicas: readonly string[];
}

const SLOTS = 16_384;

/** Asks a node for its view. `host`: how that node was reached, for nodes that do not know their own address. */
export async function readClusterMap(node: Redis, host: string): Promise<ClusterMap> {
  const reply: unknown = await node.cluster('SLOTS');
  if (!Array.isArray(reply)) throw new TypeError('CLUSTER SLOTS did not reply an array');
  const masterOf = Array.from({ length: SLOTS }, (): string | undefined => undefined);
  const masters = new Set<string>();
  const replicas = new Set<string>();
  for (const range of reply as [number, number, ...[string | null, number][]][]) {
    const [from, to, master, ...copies] = range;
    if (!master) continue;
    const address = addressOf(master, host);
    masters.add(address);
    masterOf.fill(address, from, to + 1);
    for (const copy of copies) replicas.add(addressOf(copy, host));
  }
  return { masterOf, masters: [...masters], replicas: [...replicas] };
}

function addressOf([ip, port]: readonly [string | null, number, ...unknown[]], host: string): string {
  const name = ip ? ip : host;
  return name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`;
}
