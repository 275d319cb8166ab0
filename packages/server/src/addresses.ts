import { once } from 'node:events';
import { createServer } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { Env } from './env.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const EVERY = new Set(['0.0.0.0', '::']);

/** Where people reach a server, and which pages may use its cookie. */
export interface Addresses {
  /** To open in a browser. */
  readonly url: string;
  readonly origins: readonly string[];
}

/**
 * Without PUBLIC_URL, the server is reached under the names of this machine. Only those are taken for its own
 * origin: taking whatever Host a request names would let any name that resolves to this machine in.
 */
export function addressesOf(env: Pick<Env, 'host' | 'publicUrl' | 'origins'>, port: number): Addresses {
  const named = namesOf(env.host).map((name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`);
  const own = env.publicUrl === undefined ? named.map((each) => new URL(each).origin) : [env.publicUrl];
  return { url: own[0] ?? '', origins: env.origins ?? own };
}

function namesOf(host: string): string[] {
  if (LOOPBACK.has(host)) return ['localhost', '127.0.0.1', '::1'];
  if (!EVERY.has(host)) return [host];
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outward = addresses
    .filter((each) => !each.internal && !each.address.startsWith('fe80:'))
    .map((each) => each.address);
  const own = hostname().toLowerCase();
  return ['localhost', '127.0.0.1', '::1', ...outward, own, ...(own.includes('.') ? [] : [`${own}.local`])];
}

/** A port that was free a moment ago: origins have to be known before anything listens. */
export async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error(`${host} has no ports`);
  return address.port;
}
