import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);
const EVERY = new Set(['0.0.0.0', '::']);

/** Where people on this machine or beside it open a server for which no PUBLIC_URL was set, the nearest first. */
export function urlsOf(host: string, port: number): string[] {
  return namesOf(host).map((name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`);
}

/** Whether others reach the server over plain http, where whoever is on the way reads along. */
export function isOpenInPlain(publicUrl: string | undefined, host: string): boolean {
  if (publicUrl === undefined) return !LOOPBACK.has(host);
  const { protocol, hostname: name } = new URL(publicUrl);
  return protocol === 'http:' && !LOOPBACK.has(name);
}

function namesOf(host: string): string[] {
  if (LOOPBACK.has(host)) return ['localhost'];
  if (!EVERY.has(host)) return [host];
  const outward = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  return ['localhost', ...outward, hostname().toLowerCase()];
}
