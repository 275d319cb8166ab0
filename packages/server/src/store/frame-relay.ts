import type { SessionId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';

/** Frames of one request, on their way to the node that holds their stream. */
export interface RelayedFrames {
  readonly stream: string;
  /** Whose session sent them: the node that holds the stream knows whether it is the same. */
  readonly session: SessionId;
  readonly frames: readonly unknown[];
}

/**
 * Carries frames to another node: requests come in wherever the balancer puts them, a stream stays where it is. What
 * is lost on the way is like a frame lost with its socket: nobody answers it.
 */
export interface FrameRelay {
  /** Tells the node; false where no such node listens. */
  pass(node: string, frames: RelayedFrames): Promise<boolean>;
  listen(node: string, listener: (frames: RelayedFrames) => void): Promise<() => Promise<void>>;
}

const NODE = /^[0-9a-z]{16}$/;

export function createFrameRelay({ redis }: { redis: RedisDoor }): FrameRelay {
  const channel = (node: string): string => {
    if (!NODE.test(node)) throw new RangeError('not the id of a node');
    return `{n:${node}}:frames`;
  };
  return {
    async pass(node, frames) {
      const [, listeners] = await redis.call('signal_tell', [channel(node)], [JSON.stringify(frames)]);
      return Number(listeners) > 0;
    },
    // Only our own nodes write to the channel.
    listen: (node, listener) =>
      redis.subscribe(channel(node), (payload) => listener(JSON.parse(payload) as RelayedFrames)),
  };
}
