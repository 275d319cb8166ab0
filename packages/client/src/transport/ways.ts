import { CLOSINGS } from '@rill/protocol/close-codes';
import type { Clock } from '../clock.ts';
import type { Line, LineListener } from '../transport.ts';

/** How frames travel: over a WebSocket, or over an event stream with requests beside it. */
export type Way = 'webSocket' | 'eventStream';

export interface WaysDeps {
  readonly clock: Clock;
  readonly open: (way: Way, listener: LineListener, token?: string) => Line;
  /** Whether the server answers plain requests: where it does not, a line that fails says nothing about its way. */
  readonly answers: () => Promise<boolean>;
  /** Keeps on this device until when WebSockets are not tried; undefined: they may be. */
  readonly keep: (until: number | undefined) => void;
}

/** A way on which nothing was ever heard so often is left for the other. */
const DEAF_MOST = 2;
/** One whose lines are cut right after they opened. */
const CUT_MOST = 3;
/** A line that was cut sooner was not let live. */
const SOON_MS = 10_000;
/** For so long a device remembers that WebSockets do not get through. */
const AVOID_MS = 86_400_000;

/**
 * Which way lines take. WebSockets first; where a network lets requests through and not them, event streams, for a
 * day on this device. Where event streams fare no better, WebSockets again.
 */
export class Ways {
  readonly #deps: WaysDeps;
  #way: Way = 'webSocket';
  #avoidUntil: number | undefined;
  #deaf = 0;
  #cut = 0;

  constructor(deps: WaysDeps) {
    this.#deps = deps;
  }

  /** What the device remembers. */
  restore(avoidUntil: number | undefined): void {
    this.#avoidUntil = avoidUntil;
    if (avoidUntil !== undefined) this.#way = 'eventStream';
  }

  open(listener: LineListener, token?: string): Line {
    const now = this.#deps.clock.now();
    // A device whose clock was set back waits no longer for that.
    const avoids = this.#avoidUntil !== undefined && this.#avoidUntil > now && this.#avoidUntil <= now + AVOID_MS;
    if (this.#avoidUntil !== undefined && !avoids) this.#take('webSocket');
    const way = this.#way;
    let heard = false;
    let over = false;
    const ended = (code: number) => {
      if (over) return;
      over = true;
      if (way === this.#way) this.#judge({ heard, lived: this.#deps.clock.now() - now, code });
    };
    const heeded: LineListener = {
      opened: () => listener.opened(),
      received: (text) => {
        if (!heard && way === this.#way) this.#works();
        heard = true;
        listener.received(text);
      },
      closed: (code, reason) => {
        ended(code);
        listener.closed(code, reason);
      },
    };
    const line = this.#deps.open(way, heeded, token);
    return {
      send: (text) => line.send(text),
      close: () => {
        // Somebody who waited long enough for a first word gave up; else there was another reason to end it.
        if (!heard && this.#deps.clock.now() - now >= SOON_MS) ended(1006);
        over = true;
        line.close();
      },
    };
  }

  #works(): void {
    this.#deaf = 0;
    if (this.#way === 'webSocket' || this.#avoidUntil !== undefined) return;
    this.#avoidUntil = this.#deps.clock.now() + AVOID_MS;
    this.#deps.keep(this.#avoidUntil);
  }

  #judge({ heard, lived, code }: { heard: boolean; lived: number; code: number }): void {
    const goodbye = code >= 4_000 || code === CLOSINGS.restart.code || code === CLOSINGS.overloaded.code;
    if (goodbye || (heard && lived >= SOON_MS)) {
      this.#deaf = 0;
      this.#cut = 0;
      return;
    }
    const way = this.#way;
    void this.#deps.answers().then((answers) => {
      if (!answers || way !== this.#way) return;
      if (heard) this.#cut += 1;
      else this.#deaf += 1;
      if (this.#deaf >= DEAF_MOST || this.#cut >= CUT_MOST) {
        this.#take(way === 'webSocket' ? 'eventStream' : 'webSocket');
      }
    });
  }

  #take(way: Way): void {
    this.#way = way;
    this.#deaf = 0;
    this.#cut = 0;
    if (way === 'eventStream' || this.#avoidUntil === undefined) return;
    this.#avoidUntil = undefined;
    this.#deps.keep(undefined);
  }
}
