import { randomBytes } from 'node:crypto';

const CANARY = /cnry-[0-9a-f]{16}/g;

/** A string that stands in one body of the whole run and nowhere else. */
export function newCanary(): string {
  return `cnry-${randomBytes(8).toString('hex')}`;
}

/** Every canary in these bytes, each once. */
export function canariesIn(bytes: string): string[] {
  return [...new Set(bytes.match(CANARY) ?? [])];
}
