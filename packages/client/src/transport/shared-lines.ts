import { CLOSINGS } from '@rill/protocol/close-codes';
import type { Clock } from '../clock.ts';
import type { Line, LineListener } from '../transport.ts';
import type { TabPort } from './port.ts';

/** Come back: nothing is wrong with this way. */
const AGAIN = CLOSINGS.restart.code;
/** Who does not even take the call within this time is not there. */
const TAKEN_MS = 3_000;

interface Open {
  readonly listener: LineListener;
  readonly taken: () => void;
}

/** A tab's lines over what all tabs share. */
export class SharedLines {
  readonly #port: TabPort;
  readonly #clock: Clock;
  readonly #open = new Map<number, Open>();
  #last = 0;
  #isDead = false;

  constructor(port: TabPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    port.whenLeaving(() => this.#leave());
    port.whenBroken(() => this.#fail());
    port.listen((told) => {
      const open = this.#open.get(told.line);
      if (open === undefined) return;
      open.taken();
      if (told.type === 'opened') open.listener.opened();
      else if (told.type === 'received') open.listener.received(told.text);
      else if (told.type === 'closed') this.#end(told.line, told.code, told.reason);
    });
  }

  /** Nobody takes calls: each tab must open its own. */
  isDead(): boolean {
    return this.#isDead;
  }

  /** Opens a line, as a transport does. */
  open(listener: LineListener): Line {
    this.#last += 1;
    const line = this.#last;
    const taken = this.#clock.after(TAKEN_MS, () => this.#fail());
    this.#open.set(line, { listener, taken });
    this.#port.post({ type: 'open', line });
    return {
      send: (text) => {
        if (this.#open.has(line)) this.#port.post({ type: 'send', line, text });
      },
      close: () => {
        if (!this.#open.has(line)) return;
        this.#port.post({ type: 'close', line });
        this.#end(line, AGAIN, '');
      },
    };
  }

  /** What it opened is closed, so that nobody keeps a place for it; a page that wakes up again opens anew. */
  #leave(): void {
    for (const line of [...this.#open.keys()]) {
      this.#port.post({ type: 'close', line });
      this.#end(line, AGAIN, '');
    }
  }

  #fail(): void {
    this.#isDead = true;
    this.#leave();
  }

  #end(line: number, code: number, reason: string): void {
    const open = this.#open.get(line);
    this.#open.delete(line);
    open?.taken();
    open?.listener.closed(code, reason);
  }
}
