import type { Redis } from 'ioredis';
import { callFunction, type FunctionCall } from './function-call.ts';
import { type FunctionLibrary, loadLibrary, readLibrary } from './functions.ts';
import { refusalOf } from './redis-errors.ts';
import { connect, openLink } from './redis-link.ts';
import { createReplicas } from './replicas.ts';
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
  const replicas = createReplicas(options.url);

  async function run(call: FunctionCall): Promise<string[]> {
    try {
      return await callFunction(commands, library, call);
    } catch (error) {
      throw refusalOf(error, call.command === 'fcall');
    }
  }

  return {
    call: (name, keys, args) => run({ command: 'fcall', name, keys, args }),
    read: (name, keys, args) => run({ command: 'fcall_ro', name, keys, args }),
    subscribe: subscriber.subscribe,
    onResubscribed: subscriber.onResubscribed,
    subscriberAlive: subscriber.alive,
    masters: () => [commands],
    copies: async () => [commands, ...(await replicas.of(commands))],
    async close() {
      subscriber.close();
      replicas.close();
      // What was asked is answered first.
      await commands.quit().catch(() => commands.disconnect());
    },
  };
}
