import type { Redis } from 'ioredis';
import { facts } from './durability.ts';
import { openLink, socketPathOf } from './redis-link.ts';

/** Connections to the replicas of masters, for what concerns everything that keeps a copy. */
export interface Replicas {
  /** Those that are attached to a master now, as it names them. */
  of(master: Redis): Promise<Redis[]>;
  close(): void;
}

/** `url`: how the master is reached; replicas are reached in the same way, but for the address. */
export function createReplicas(url: string): Replicas {
  const links = new Map<string, Redis>();

  function link(address: string): Redis {
    const known = links.get(address);
    if (known) return known;
    const made = openLink(atAddress(url, address), 'rill-copy');
    made.on('error', () => {});
    links.set(address, made);
    return made;
  }

  return {
    async of(master) {
      const named = facts(await master.info('replication'));
      const addresses = [...named].flatMap(([name, value]) => {
        const found = /^slave\d+$/.test(name) ? /ip=([^,]+),port=(\d+)/.exec(value) : null;
        return found ? [`${found[1]}:${found[2]}`] : [];
      });
      const found = addresses.map(link);
      // One that cannot be reached fails whatever it is asked, and whoever asks tells so.
      await Promise.all(found.map(async (each) => each.status === 'ready' || each.connect().catch(() => {})));
      return found;
    },
    close() {
      for (const each of links.values()) each.disconnect();
    },
  };
}

/** The same way in, at another address. */
export function atAddress(url: string, address: string): string {
  if (socketPathOf(url) !== undefined) return `redis://${address}`;
  const { protocol, username, password } = new URL(url);
  const who = username || password ? `${username}:${password}@` : '';
  return `${protocol}//${who}${address}`;
}
