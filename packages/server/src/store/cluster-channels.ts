import { Refusal } from '../domain/refusal.ts';
import type { Shard } from './shard.ts';

interface Channel {
  readonly name: string;
  readonly listeners: Set<(payload: string) => void>;
  confirmed: Promise<unknown>;
  at: Shard | undefined;
  leave: () => Promise<void>;
}

/** Channels of a cluster: each is listened to at the master that has its slot, wherever that is now. */
export interface ClusterChannels {
  subscribe(name: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  onResubscribed(listener: () => void): () => void;
  /** False while any channel is not listened to where it is served. */
  settled(): boolean;
  /** The masters are others than before: moves what is at the wrong one. Rejects if that has to be tried again. */
  settle(): Promise<void>;
  /** A master's connection was lost and is back. */
  returned(): void;
}

/** `shardOf`: the master that serves a channel now. */
export function createClusterChannels(shardOf: (channel: string) => Shard | undefined): ClusterChannels {
  const channels = new Map<string, Channel>();
  const listenersOfReturn = new Set<() => void>();
  let settled = true;

  const misplaced = () => [...channels.values()].filter(({ name, at }) => at && at !== shardOf(name));

  async function place(channel: Channel): Promise<void> {
    const shard = shardOf(channel.name);
    if (!shard) throw new Refusal('unavailable', { retryAfterMs: 1_000 });
    const leaveOld = channel.leave;
    channel.leave = await shard.subscriber.subscribe(channel.name, (payload) => {
      if (channel.at === shard) for (const listener of channel.listeners) listener(payload);
    });
    channel.at = shard;
    await leaveOld();
  }
  const returned = () => {
    for (const listener of listenersOfReturn) listener();
  };

  return {
    async subscribe(name, listener) {
      const known = channels.get(name);
      const channel = known ?? {
        name,
        listeners: new Set<(payload: string) => void>(),
        confirmed: Promise.resolve(),
        at: undefined,
        leave: async () => {},
      };
      if (!known) {
        channels.set(name, channel);
        channel.confirmed = place(channel);
      }
      channel.listeners.add(listener);
      try {
        await channel.confirmed;
      } catch (error) {
        channel.listeners.delete(listener);
        if (channels.get(name) === channel) channels.delete(name);
        throw error;
      }
      let held = true;
      return async () => {
        if (!held) return;
        held = false;
        channel.listeners.delete(listener);
        if (channel.listeners.size > 0 || channels.get(name) !== channel) return;
        channels.delete(name);
        await channel.leave();
      };
    },
    onResubscribed(listener) {
      listenersOfReturn.add(listener);
      return () => listenersOfReturn.delete(listener);
    },
    settled: () => settled,
    async settle() {
      const wrong = misplaced();
      settled = wrong.length === 0;
      if (settled) return;
      await Promise.all(wrong.map(place));
      settled = misplaced().length === 0;
      returned();
    },
    returned,
  };
}
