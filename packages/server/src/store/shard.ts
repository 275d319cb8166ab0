import type { Redis } from 'ioredis';
import { Refusal } from '../domain/refusal.ts';
import { callFunction, type FunctionCall } from './function-call.ts';
import { type FunctionLibrary, loadLibrary } from './functions.ts';
import { RETRY_AFTER_MS } from './redis-errors.ts';
import { openLink } from './redis-link.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';

/** How long a write may take to reach a replica. */
const REPLICATE_MS = 1_500;

/** One master of a cluster. Writes have a connection of their own: reads must not stand behind a slow replica. */
export interface Shard {
  readonly address: string;
  readonly subscriber: Subscriber;
  /** For what concerns this Redis as a whole. */
  readonly link: Redis;
  /** Resolves when this master and one of its replicas have what was written. */
  call(call: FunctionCall): Promise<string[]>;
  read(call: FunctionCall): Promise<string[]>;
  /** False while a connection is being made. */
  connected(): boolean;
  close(): Promise<void>;
}

export interface ShardOptions {
  readonly url: string;
  readonly address: string;
  readonly library: FunctionLibrary;
  readonly onError: (error: Error) => void;
  /** A connection was lost, or a channel is no longer served here: the map may be another one. */
  readonly onDoubt: () => void;
}

/** Begins to connect; resolves whether or not that succeeds, and goes on trying. */
export async function openShard({ url, address, library, onError, onDoubt }: ShardOptions): Promise<Shard> {
  const write = openLink(url, 'rill');
  const read = openLink(url, 'rill-reads');
  const listening = openLink(url, 'rill-subscriber');
  const links = [write, read, listening];
  for (const link of links) {
    link.on('error', onError);
    link.on('close', onDoubt);
  }
  listening.on('moved', () => {
    // Redis has ended a subscription by itself: until all are asked for again, nothing counts as heard.
    listening.stream.destroy();
    onDoubt();
  });
  write.on('ready', () => {
    // Refused by a replica, which got the library from its master.
    loadLibrary(write, library).catch(onError);
  });
  await Promise.all(links.map((link) => link.connect().catch(onError)));
  const subscriber = createSubscriber(listening);
  let replicated: Promise<number> | undefined;

  /** One WAIT for all writes of a turn of the event loop, behind them on the same connection. */
  function turnReplicated(): Promise<number> {
    replicated ??= new Promise<number>((resolve, reject) => {
      setImmediate(() => {
        replicated = undefined;
        write.wait(1, REPLICATE_MS).then(resolve, reject);
      });
    });
    return replicated;
  }

  return {
    address,
    subscriber,
    link: read,
    async call(call) {
      let copies: Promise<number> = Promise.resolve(0);
      const reply = await callFunction(write, library, call, () => {
        copies = turnReplicated();
        copies.catch(() => {});
      });
      let count = 0;
      try {
        count = await copies;
      } catch (error) {
        throw new Refusal('outcome_unknown', { retryAfterMs: RETRY_AFTER_MS }, error);
      }
      if (count < 1) throw new Refusal('outcome_unknown', { retryAfterMs: RETRY_AFTER_MS });
      return reply;
    },
    read: (call) => callFunction(read, library, call),
    connected: () => links.every(({ status }) => status === 'ready'),
    async close() {
      subscriber.close();
      for (const link of links) link.off('close', onDoubt);
      read.disconnect();
      await write.quit().catch(() => write.disconnect());
    },
  };
}
