import type { Redis } from 'ioredis';
import { type FunctionLibrary, loadLibrary, readLibrary } from './functions.ts';
import { isFunctionMissing, refusalOf } from './redis-errors.ts';
import { connect, cork, openLink } from './redis-link.ts';
import { createSubscriber } from './subscriber.ts';

/** The only door to Redis. Its errors are refusals of the catalogue wherever they are not faults of ours. */
export interface RedisDoor {
  /** FCALL of a library function; every function replies a flat array of strings whose first is a word. */
  call(name: string, keys: readonly string[], args: readonly (string | number)[]): Promise<string[]>;
  /** FCALL_RO, same shape, for functions registered with no-writes. */
  read(name: string, keys: readonly string[], args: readonly (string | number)[]): Promise<string[]>;
  /** Sharded pub/sub, counted: many listeners of one channel are one SSUBSCRIBE. Resolves when Redis has confirmed. */
  subscribe(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  /** After the subscriber link was lost and is back (all channels subscribed again): positions must be read again. */
  onResubscribed(listener: () => void): () => void;
  /** False as soon as the subscriber link may have missed something: it is pinged each 500 ms. */
  subscriberAlive(): boolean;
  /** One connection to each master, for what concerns a whole Redis: its state, its file, its settings. */
  masters(): readonly Redis[];
  /** The same for everything that holds a copy, replicas included. */
  copies(): Promise<readonly Redis[]>;
  close(): Promise<void>;
}

export interface RedisOptions {
  /** `redis://…`, `rediss://…`, `unix:///path` or a path. */
  readonly url: string;
  readonly library?: FunctionLibrary;
  /** For how long the first connection is tried. */
  readonly connectMs?: number;
  /** Told of errors of the connections themselves; they mend themselves. */
  readonly onError?: (error: Error) => void;
}

/** Connects, loads our functions and hands out the door. */
export async function openRedis(options: RedisOptions): Promise<RedisDoor> {
  const library = options.library ?? (await readLibrary());
  const commands = openLink(options.url, 'rill');
  const listening = openLink(options.url, 'rill-subscriber');
  for (const link of [commands, listening]) link.on('error', options.onError ?? (() => {}));
  try {
    await Promise.all([
      connect(commands, options.connectMs ?? 10_000),
      connect(listening, options.connectMs ?? 10_000),
    ]);
    await loadLibrary(commands, library);
  } catch (error) {
    commands.disconnect();
    listening.disconnect();
    throw error;
  }
  // A Redis that comes back may be another one, an empty one, or one from before an upgrade.
  commands.on('ready', () => {
    loadLibrary(commands, library).catch((error) => options.onError?.(error));
  });
  const subscriber = createSubscriber(listening);

  async function run(
    command: 'fcall' | 'fcall_ro',
    name: string,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<string[]> {
    const full = library.nameOf(name);
    const once = () => {
      cork(commands);
      return commands[command](full, keys.length, ...keys, ...args);
    };
    try {
      return strings(name, await once());
    } catch (error) {
      if (!isFunctionMissing(error)) throw refusalOf(error, command === 'fcall');
    }
    try {
      await loadLibrary(commands, library);
      return strings(name, await once());
    } catch (error) {
      throw refusalOf(error, command === 'fcall');
    }
  }

  return {
    call: (name, keys, args) => run('fcall', name, keys, args),
    read: (name, keys, args) => run('fcall_ro', name, keys, args),
    subscribe: subscriber.subscribe,
    onResubscribed: subscriber.onResubscribed,
    subscriberAlive: subscriber.alive,
    masters: () => [commands],
    copies: async () => [commands],
    async close() {
      subscriber.close();
      // What was asked is answered first.
      await commands.quit().catch(() => commands.disconnect());
    },
  };
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
