import type { AckFrame, DownFrame, HelloFrame, UpFrame, WelcomeFrame } from '@rill/protocol';
import { CLOSINGS, readClosing } from '@rill/protocol/close-codes';
import type { ConnectionState, LiveConnection } from './api/connection.ts';
import { backoff, type Pace } from './backoff.ts';
import type { Clock } from './clock.ts';
import { Requests } from './connection/requests.ts';
import { Watchdog } from './connection/watchdog.ts';
import { RillError } from './error.ts';
import { Cell } from './living.ts';
import type { Line, LineListener, Transport } from './transport.ts';

/** A frame without its ref: the connection gives it one. */
export type Asking = UpFrame extends infer Frame ? (Frame extends UpFrame ? Omit<Frame, 'ref'> : never) : never;

export interface ConnectionDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  /** What to say first on each new line. */
  readonly hello: () => Omit<HelloFrame, 'type' | 'ref'>;
  /** The session's token, where no cookie says who it is. */
  readonly token: () => string | undefined;
  readonly onWelcome: (welcome: WelcomeFrame) => void;
  /** Every frame but welcome, ack and error. */
  readonly onFrame: (frame: DownFrame) => void;
  /** The server knows no such sign-in (any more). */
  readonly onSignedOut: () => void;
}

/** A line in use and what belongs to it; a new object for each line, so that a late word of an old one is known as such. */
interface Use {
  readonly line: Line;
  readonly requests: Requests;
  watchdog: Watchdog | undefined;
  welcomedAt: number | undefined;
  /** How long the server asked to wait, in an error before it closed. */
  waitMs: number;
}

const FIRST_PACE: Pace = { minMs: 500, maxMs: 30_000 };
const WELCOME_MS = 20_000;
const PROBE_MS = 5_000;
/** A line that lived for so long was a good one: the next failure is a first one. */
const GOOD_MS = 10_000;

/** The one line to the server: opens it, keeps it, opens it again. */
export class Connection implements LiveConnection {
  readonly #deps: ConnectionDeps;
  readonly #state = new Cell<ConnectionState>({ name: 'idle' });
  #use: Use | undefined;
  #wanted = false;
  #asleep = false;
  #attempt = 0;
  #pace = FIRST_PACE;
  #cancelTimer: () => void = () => {};

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
  }

  snapshot(): ConnectionState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Somebody is signed in: connect, and stay connected. */
  start(): void {
    this.#wanted = true;
    if (this.#use === undefined) this.#connect();
  }

  /** Nobody is signed in (any more). */
  stop(): void {
    this.#wanted = false;
    this.#attempt = 0;
    this.#letGo();
    this.#state.set({ name: 'idle' });
  }

  /** What was missed has come. */
  caughtUp(): void {
    if (this.#state.snapshot().name === 'catching-up') this.#state.set({ name: 'live' });
  }

  /** Something came out of step: say hello anew, at once. */
  restart(): void {
    if (this.#use?.welcomedAt === undefined) return;
    this.#letGo();
    this.#connect();
  }

  wake(): void {
    this.#asleep = false;
    const { name } = this.#state.snapshot();
    if (name === 'waiting' || name === 'refused') return this.#connect();
    const use = this.#use;
    if (use?.welcomedAt === undefined) return;
    this.#ask(use, { type: 'ping' }, PROBE_MS).catch(() => {
      if (use === this.#use) this.restart();
    });
  }

  sleep(): void {
    this.#asleep = true;
    if (this.#state.snapshot().name === 'waiting') this.#wait(0);
  }

  /** Sends a frame and waits for its answer. Fails at once with `network` where there is no line. */
  request(asking: Asking): Promise<AckFrame> {
    const use = this.#use;
    if (use?.welcomedAt === undefined) return Promise.reject(new RillError('network', { detail: 'There is no line.' }));
    return this.#ask(use, asking);
  }

  /** Sends a frame whose answer matters to nobody. */
  tell(asking: Asking): void {
    this.request(asking).catch(() => {});
  }

  #ask(use: Use, asking: Asking, ms?: number): Promise<AckFrame> {
    const ref = use.requests.newRef();
    const answer = use.requests.answer(ref, ms);
    use.line.send(JSON.stringify({ ...asking, ref }));
    return answer;
  }

  #connect(): void {
    this.#letGo();
    if (!this.#wanted) return;
    this.#attempt += 1;
    this.#state.set({ name: 'connecting', attempt: this.#attempt });
    const requests = new Requests(this.#deps.clock);
    const listener: LineListener = {
      opened: () => {
        if (use !== this.#use) return;
        this.#ask(use, { type: 'hello', ...this.#deps.hello() }, WELCOME_MS).catch((error: RillError) => {
          use.waitMs = error.retryAfterMs ?? 0;
        });
      },
      received: (text) => {
        if (use === this.#use) this.#receive(use, text);
      },
      closed: (code, reason) => {
        if (use === this.#use) this.#closed(use, code, reason);
      },
    };
    const line = this.#deps.transport.open(listener, this.#deps.token());
    const use: Use = { line, requests, watchdog: undefined, welcomedAt: undefined, waitMs: 0 };
    this.#use = use;
    this.#cancelTimer = this.#deps.clock.after(WELCOME_MS, () => this.#closed(use, 1006, ''));
  }

  #receive(use: Use, text: string): void {
    use.watchdog?.heard();
    const frame = readFrame(text);
    if (frame === undefined) return;
    if (frame.type === 'ack') use.requests.ack(frame);
    else if (frame.type === 'error') use.requests.refuse(frame);
    else if (frame.type === 'welcome') this.#welcome(use, frame);
    else this.#deps.onFrame(frame);
  }

  #welcome(use: Use, frame: WelcomeFrame): void {
    this.#cancelTimer();
    const { clock } = this.#deps;
    use.requests.ack({ type: 'ack', ref: frame.ref });
    use.welcomedAt = clock.now();
    use.watchdog = new Watchdog({
      clock,
      pingSeconds: frame.pingSeconds,
      ping: () => void this.#ask(use, { type: 'ping' }).catch(() => {}),
      silent: () => this.#closed(use, 1006, ''),
    });
    this.#pace = frame.reconnect;
    this.#state.set({ name: 'catching-up' });
    this.#deps.onWelcome(frame);
  }

  #closed(use: Use, code: number, reason: string): void {
    if (use.welcomedAt !== undefined && this.#deps.clock.now() - use.welcomedAt >= GOOD_MS) this.#attempt = 0;
    this.#letGo();
    if (!this.#wanted) return;
    if (code === CLOSINGS.signed_out.code) return this.#deps.onSignedOut();
    const { reconnect, waitMs } = readClosing(code, reason);
    if (reconnect) return this.#wait(Math.max(waitMs, use.waitMs));
    this.#state.set({ name: 'refused', code: /^\w+/.exec(reason)?.[0] ?? String(code) });
  }

  #wait(floorMs: number): void {
    this.#cancelTimer();
    const attempt = this.#attempt;
    if (this.#asleep) return this.#state.set({ name: 'waiting', until: undefined, attempt });
    const ms = backoff(Math.max(1, attempt), this.#pace, this.#deps.random, floorMs);
    this.#cancelTimer = this.#deps.clock.after(ms, () => this.#connect());
    this.#state.set({ name: 'waiting', until: this.#deps.clock.now() + ms, attempt });
  }

  #letGo(): void {
    this.#cancelTimer();
    const use = this.#use;
    this.#use = undefined;
    use?.watchdog?.stop();
    use?.line.close();
    use?.requests.end();
  }
}

/** A frame, or undefined for what is none: a newer server may say more than this client knows. */
function readFrame(text: string): DownFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    const known = typeof frame === 'object' && frame !== null && 'type' in frame && typeof frame.type === 'string';
    // As with REST answers: the server holds to the wire's types.
    return known ? (frame as DownFrame) : undefined;
  } catch {
    return undefined;
  }
}
