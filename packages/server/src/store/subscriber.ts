import type { Redis } from 'ioredis';
import { Refusal } from '../domain/refusal.ts';

const PING_EVERY_MS = 500;
const SILENT_AFTER_MS = 1_500;
/** A link that says nothing for so long is torn and made anew. */
const DEAD_AFTER_MS = 4_000;
/** Channels asked for in one go after a reconnect: the link stays responsive to its own pings. */
const BATCH = 500;

interface Channel {
  readonly listeners: Set<(payload: string) => void>;
  /** Settles when Redis has confirmed. */
  readonly confirmed: Promise<unknown>;
}

/** The subscriber link: sharded channels, counted, and a proof of being heard. */
export interface Subscriber {
  subscribe(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  onResubscribed(listener: () => void): () => void;
  alive(): boolean;
  close(): void;
}

/** Takes over a connection that is used for nothing else. */
export function createSubscriber(redis: Redis): Subscriber {
  const channels = new Map<string, Channel>();
  const listenersOfReturn = new Set<() => void>();
  // Counts the lives of the connection; all channels of this life are asked for when `attached`.
  let life = 0;
  let attached = redis.status === 'ready';
  // Redis answered what was sent at this moment: everything published before has been delivered to us.
  let provenAt = attached ? performance.now() : Number.NEGATIVE_INFINITY;

  async function prove(): Promise<void> {
    const sentAt = performance.now();
    const ofLife = life;
    await redis.ping();
    if (ofLife === life) provenAt = Math.max(provenAt, sentAt);
  }

  async function attach(): Promise<void> {
    const ofLife = life;
    const names = [...channels.keys()];
    for (let at = 0; at < names.length && ofLife === life; at += BATCH) {
      await Promise.all(names.slice(at, at + BATCH).map((name) => redis.ssubscribe(name)));
    }
    if (ofLife === life) await prove();
    if (ofLife !== life) return;
    attached = true;
    for (const listener of listenersOfReturn) listener();
  }

  redis.on('smessage', (channel: string, payload: string) => {
    for (const listener of channels.get(channel)?.listeners ?? []) listener(payload);
  });
  redis.on('close', () => {
    life += 1;
    attached = false;
    provenAt = Number.NEGATIVE_INFINITY;
  });
  let heardAt = performance.now();
  redis.on('ready', () => {
    // Else a link made anew between two looks would be torn for the silence of the one before.
    heardAt = performance.now();
    attach().catch(() => redis.stream.destroy());
  });

  const timer = setInterval(() => {
    if (redis.status !== 'ready') heardAt = performance.now();
    else if (attached) {
      prove().then(
        () => {
          heardAt = performance.now();
        },
        () => {},
      );
      if (performance.now() - heardAt > DEAD_AFTER_MS) redis.stream.destroy();
    }
  }, PING_EVERY_MS);
  timer.unref();

  return {
    async subscribe(name, listener) {
      const known = channels.get(name);
      const channel = known ?? { listeners: new Set(), confirmed: redis.ssubscribe(name) };
      if (!known) channels.set(name, channel);
      channel.listeners.add(listener);
      try {
        await channel.confirmed;
      } catch (error) {
        channel.listeners.delete(listener);
        if (channels.get(name) === channel) channels.delete(name);
        throw new Refusal('unavailable', { retryAfterMs: 1_000 }, error);
      }
      let held = true;
      return async () => {
        if (!held) return;
        held = false;
        channel.listeners.delete(listener);
        if (channel.listeners.size > 0 || channels.get(name) !== channel) return;
        channels.delete(name);
        // A link that broke has forgotten the channel already.
        await redis.sunsubscribe(name).catch(() => {});
      };
    },
    onResubscribed(listener) {
      listenersOfReturn.add(listener);
      return () => listenersOfReturn.delete(listener);
    },
    alive: () => performance.now() - provenAt < SILENT_AFTER_MS,
    close() {
      clearInterval(timer);
      redis.disconnect();
    },
  };
}
