import type { ServerResponse } from 'node:http';
import type { StreamClose, StreamOpen } from '@rill/protocol';
import type { Carrier } from './carrier.ts';
import { CLOSE_MS } from './closing.ts';
import type { Sink } from './writer.ts';

/**
 * A response as a writer's sink. It is not corked: corked, Node's response wants a drain that its socket, which took
 * the pieces one by one, never tells of. Its socket gathers the writes of a turn by itself.
 */
class ResponseSink implements Sink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get writableNeedDrain(): boolean {
    return this.#response.writableNeedDrain;
  }

  get destroyed(): boolean {
    return this.#response.destroyed;
  }

  write(chunk: Uint8Array): boolean {
    return this.#response.write(chunk);
  }

  cork(): void {}

  uncork(): void {}

  once(event: 'drain', listener: () => void): void {
    this.#response.once(event, listener);
  }
}

/** Frames down over a response that does not end; frames up come as requests beside it. */
export class EventStreamCarrier implements Carrier {
  readonly #response: ServerResponse;
  readonly sink: Sink;
  readonly encoding = 'eventStream';
  #paused = false;

  constructor(response: ServerResponse, opening: StreamOpen) {
    this.#response = response;
    this.sink = new ResponseSink(response);
    response.write(eventOf('open', opening));
  }

  /** Whether its answers wait, so that nothing more may be asked. */
  get paused(): boolean {
    return this.#paused;
  }

  close(code: number, reason: string): void {
    const last: StreamClose = { code, reason };
    this.#response.end(eventOf('close', last));
    // Whoever does not read would never have read it all.
    const cut = setTimeout(() => this.terminate(), CLOSE_MS);
    this.#response.once('close', () => clearTimeout(cut));
  }

  terminate(): void {
    this.#response.destroy();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  /** A comment: it keeps what is in between awake, and whoever hears it answers with a frame. */
  ping(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(':\n\n');
  }
}

function eventOf(name: 'open' | 'close', data: StreamOpen | StreamClose): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
