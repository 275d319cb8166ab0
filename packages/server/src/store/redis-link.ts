import { Redis } from 'ioredis';

/** A command that has no answer by then is given up; it may have been executed all the same. */
export const COMMAND_TIMEOUT_MS = 5_000;

/** `unix:///path` and plain paths are sockets of this machine; everything else is a Redis URL. */
export function socketPathOf(url: string): string | undefined {
  if (url.startsWith('/')) return url;
  return url.startsWith('unix://') ? decodeURIComponent(url.slice('unix://'.length)) : undefined;
}

/**
 * One connection that never sends an unanswered command a second time and never queues while Redis is away:
 * both would put an old write over a newer one that was acknowledged.
 */
export function openLink(url: string, name: string): Redis {
  const options = {
    connectionName: name,
    lazyConnect: true,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: COMMAND_TIMEOUT_MS + 1_000,
    connectTimeout: 3_000,
    keepAlive: 10_000,
    retryStrategy: (times: number) => Math.min(25 * 2 ** Math.min(times, 6), 1_000) + Math.random() * 50,
    // A master that became a replica refuses writes for ever: find the new one by connecting anew.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  };
  const path = socketPathOf(url);
  return path === undefined ? new Redis(url, options) : new Redis({ ...options, path });
}

/** Connects and resolves when Redis has loaded its data, whatever number of attempts that takes until the deadline. */
export async function connect(redis: Redis, deadlineMs: number): Promise<void> {
  let last: unknown;
  const noted = (error: unknown) => {
    last = error;
  };
  redis.on('error', noted);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer', { cause: last })), deadlineMs);
      redis.once('ready', resolve);
      redis.once('end', () => reject(new Error('Redis does not answer', { cause: last })));
      redis.connect().catch(noted);
    });
  } catch (error) {
    redis.disconnect();
    throw error;
  } finally {
    clearTimeout(timer);
    redis.off('error', noted);
  }
}

/** Commands of one turn of the event loop leave in one write to the socket. */
export function cork(redis: Redis): void {
  const stream = redis.stream;
  if (!stream || stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}
