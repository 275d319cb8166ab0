import type { RawLine } from './raw-line.ts';

/** A server under load: Rill, or what it is compared with. */
export interface Peer {
  readonly name: string;
  /** Starts it, with rooms `0 … rooms - 1` that its sockets may be in, and with what `env` says besides. */
  start(rooms: number, env?: Record<string, string>): Promise<RunningPeer>;
}

/** Says things and hears when they are acknowledged. */
export interface Speaker {
  /** Resolves with the number of the message in its room, at the moment of the acknowledgement. */
  say(room: number, text: string): Promise<number>;
  /** Takes part in the fan-out like any other socket. */
  readonly line: RawLine;
}

export interface RunningPeer {
  /** One of each node. */
  readonly pids: readonly number[];
  readonly redisPid: number | undefined;
  /** Shortest text frame that carries a message of this peer: what is shorter is its protocol's own. */
  readonly messageBytes: number;
  /** Sockets that are in these rooms, one entry a socket; they hear everything that is said there. */
  listeners(rooms: readonly (readonly number[])[]): Promise<RawLine[]>;
  /** Sockets that speak, in these rooms as well. */
  speakers(rooms: readonly (readonly number[])[]): Promise<Speaker[]>;
  stop(): Promise<void>;
}
