import type { Messages } from './domain/messages.ts';
import type { Door, Metrics } from './metrics.ts';
import type { RedisDoor } from './store/redis.ts';

/** The same door to Redis, with the time of every call counted. */
export function timed(redis: RedisDoor, metrics: Metrics): RedisDoor {
  const timing =
    (ask: RedisDoor['call']): RedisDoor['call'] =>
    async (name, keys, args) => {
      const from = performance.now();
      try {
        return await ask(name, keys, args);
      } finally {
        metrics.redis(name, (performance.now() - from) / 1_000);
      }
    };
  return { ...redis, call: timing(redis.call), read: timing(redis.read) };
}

/** The same messages, with what is said through this door counted. */
export function counted(messages: Messages, metrics: Metrics, door: Door): Messages {
  return {
    ...messages,
    async send(who, room, body) {
      const sent = await messages.send(who, room, body);
      if (!sent.again) metrics.sent(door);
      return sent;
    },
  };
}
