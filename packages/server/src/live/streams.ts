import { randomBytes } from 'node:crypto';
import type { FramesBody, SessionId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import { randomId } from '../domain/secrets.ts';
import type { FrameRelay, RelayedFrames } from '../store/frame-relay.ts';
import type { Connection } from './connection.ts';
import type { EventStreamCarrier } from './event-stream.ts';

const NODE_LENGTH = 16;
const FULL_WAIT_MS = 1_000;

/** An event stream that is open on this node. */
export interface OpenStream {
  /** Whose session opened it: frames of any other are not for it. */
  readonly session: SessionId;
  readonly token: string;
  readonly carrier: EventStreamCarrier;
  readonly connection: Connection;
}

/** The event streams of this node, and the way to those of others. */
export class Streams {
  readonly #node = randomId(NODE_LENGTH);
  readonly #open = new Map<string, OpenStream>();
  readonly #relay: FrameRelay;
  #listening: Promise<() => Promise<void>> | undefined;

  constructor(relay: FrameRelay) {
    this.#relay = relay;
  }

  /** Resolves when frames that come in at other nodes reach this one. */
  async listen(): Promise<void> {
    this.#listening ??= this.#relay.listen(this.#node, (frames) => this.#take(frames));
    const listening = this.#listening;
    await listening.catch((error: unknown) => {
      if (this.#listening === listening) this.#listening = undefined;
      throw error;
    });
  }

  async stop(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.then((end) => end()).catch(() => {});
  }

  /** A name for a new stream, which nobody guesses and which says where it is. */
  newId(): string {
    return `${this.#node}.${randomBytes(16).toString('base64url')}`;
  }

  add(id: string, stream: OpenStream): void {
    this.#open.set(id, stream);
  }

  drop(id: string): void {
    this.#open.delete(id);
  }

  /** Gives frames to their stream, wherever it is. A stream of somebody else is answered as one that never was. */
  async hand(session: SessionId, { stream: id, frames }: FramesBody): Promise<void> {
    const node = id.slice(0, NODE_LENGTH);
    if (node !== this.#node) {
      if (await this.#relay.pass(node, { stream: id, session, frames })) return;
      throw new Refusal('stream_ended');
    }
    const stream = this.#find(id, session);
    if (stream === undefined) throw new Refusal('stream_ended');
    if (stream.carrier.paused) throw new Refusal('rate_limited', { retryAfterMs: FULL_WAIT_MS });
    receive(stream, frames);
  }

  #take({ stream: id, session, frames }: RelayedFrames): void {
    const stream = this.#find(id, session);
    // While its answers wait nothing more is asked: the client hears no answer and asks again.
    if (stream !== undefined && !stream.carrier.paused) receive(stream, frames);
  }

  #find(id: string, session: SessionId): OpenStream | undefined {
    const stream = this.#open.get(id);
    return stream?.session === session ? stream : undefined;
  }
}

function receive({ connection, token }: OpenStream, frames: readonly unknown[]): void {
  for (const frame of frames) {
    // One sign-in opens the stream, sends its frames and hears its events.
    if (namesAnother(frame, token)) connection.close('signed_out');
    connection.receiveParsed(frame);
  }
}

function namesAnother(frame: unknown, token: string): boolean {
  return typeof frame === 'object' && frame !== null && 'token' in frame && frame.token !== token;
}
