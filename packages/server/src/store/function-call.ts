import type { Redis } from 'ioredis';
import { type FunctionLibrary, loadLibrary } from './functions.ts';
import { isFunctionMissing } from './redis-errors.ts';
import { cork } from './redis-link.ts';

/** What is asked of Redis: a function of ours by the name of its file. */
export interface FunctionCall {
  /** fcall_ro for functions registered with no-writes. */
  readonly command: 'fcall' | 'fcall_ro';
  readonly name: string;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/**
 * Calls a function over one connection, which gets the library first if its Redis does not have it. `sent` is told
 * each time the command was put on the wire.
 */
export async function callFunction(
  redis: Redis,
  library: FunctionLibrary,
  { command, name, keys, args }: FunctionCall,
  sent?: () => void,
): Promise<string[]> {
  const once = async () => {
    cork(redis);
    const answering = redis[command](library.nameOf(name), keys.length, ...keys, ...args);
    sent?.();
    return strings(name, await answering);
  };
  try {
    return await once();
  } catch (error) {
    if (!isFunctionMissing(error)) throw error;
  }
  await loadLibrary(redis, library);
  return once();
}

/** Every function of ours replies an array of strings; anything else is a fault in the function. */
function strings(name: string, reply: unknown): string[] {
  if (!Array.isArray(reply)) throw new TypeError(`function ${name} did not reply an array`);
  for (let at = 0; at < reply.length; at += 1) {
    const value: unknown = reply[at];
    if (typeof value === 'number') reply[at] = String(value);
    else if (typeof value !== 'string') throw new TypeError(`function ${name} replied something that is no string`);
  }
  return reply;
}
