import type { ServerResponse } from 'node:http';
import type { StreamClose, StreamOpen } from '@rill/protocol';
import type { Carrier } from './carrier.ts';
import { CLOSE_MS } from './closing.ts';

/** Frames down over a response that does not end; frames up come as requests beside it. */
export class EventStreamCarrier implements Carrier {
  readonly sink: ServerResponse;
  readonly encoding = 'eventStream';
  #paused = false;

  constructor(response: ServerResponse, opening: StreamOpen) {
    this.sink = response;
    response.write(eventOf('open', opening));
  }

  /** Whether its answers wait, so that nothing more may be asked. */
  get paused(): boolean {
    return this.#paused;
  }

  close(code: number, reason: string): void {
    const last: StreamClose = { code, reason };
    this.sink.end(eventOf('close', last));
    // Whoever does not read would never have read it all.
    const cut = setTimeout(() => this.terminate(), CLOSE_MS);
    this.sink.once('close', () => clearTimeout(cut));
  }

  terminate(): void {
    this.sink.destroy();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  /** A comment: it keeps what is in between awake, and whoever hears it answers with a frame. */
  ping(): void {
    if (!this.sink.writableNeedDrain) this.sink.write(':\n\n');
  }
}

function eventOf(name: 'open' | 'close', data: StreamOpen | StreamClose): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
