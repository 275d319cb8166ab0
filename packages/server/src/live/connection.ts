import { CLOSINGS, type ClosingName, closeReason, type Limits, type UpFrame } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Carrier } from './carrier.ts';
import { checkFrame, type Incoming, parseFrame } from './frames.ts';
import { Pace } from './pace.ts';
import { type Parcel, parcelOf } from './parcel.ts';
import type { Signed } from './signed.ts';
import type { Turn } from './turn.ts';
import { Writer } from './writer.ts';

const STRIKES = 3;
/** So many frames over the pace are answered; then the socket is closed. */
const OVER_PACE = 100;

/** A connection's life. */
export type State =
  | { readonly is: 'waiting'; readonly until: number }
  | { readonly is: 'catching-up'; readonly signed: Signed }
  | { readonly is: 'live'; readonly signed: Signed }
  | { readonly is: 'closing' };

export interface ConnectionParts {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly turn: Turn;
  /** Does what a frame asks and answers it; frames of one connection come one after the other. */
  readonly handle: (connection: Connection, frame: UpFrame) => Promise<void>;
  readonly onClosing: (connection: Connection, name: ClosingName) => void;
  /** Somebody is here no more; called once, at the first sign of the end. */
  readonly onLeave: (signed: Signed) => void;
  /** The socket is gone. */
  readonly onEnd: (connection: Connection) => void;
}

/** One live socket: reads frames, keeps its pace, answers, and knows how far it has come in its life. */
export class Connection {
  readonly #carrier: Carrier;
  readonly #parts: ConnectionParts;
  readonly #pace: Pace;
  readonly writer: Writer;
  /** What the upgrade request brought along. */
  readonly credential: string | undefined;
  readonly address: string;
  #state: State;
  #strikes = 0;
  #over = 0;
  #queue: UpFrame[] | undefined;
  /** When the other side last gave a sign of life, ms. */
  heardAt: number;
  /** When it was last asked for one that has not come; 0 when it owes none. */
  askedAt = 0;
  /** Since when it takes no more; 0 while it does. */
  fullSince = 0;

  constructor(carrier: Carrier, from: { credential: string | undefined; address: string }, parts: ConnectionParts) {
    const now = parts.clock.now();
    this.#carrier = carrier;
    this.#parts = parts;
    this.credential = from.credential;
    this.address = from.address;
    this.#pace = new Pace(parts.limits.framesPerSecond, parts.limits.frameBurst, now);
    this.writer = new Writer(carrier.sink, carrier.encoding, parts.turn);
    this.writer.onFull = (full) => this.#full(full);
    this.heardAt = now;
    this.#state = { is: 'waiting', until: now + parts.limits.helloSeconds * 1_000 };
  }

  get state(): State {
    return this.#state;
  }

  /** How many frames it has that are not answered yet. */
  get busy(): number {
    return this.#queue?.length ?? 0;
  }

  /** It has said who it is, and that is being checked and its rooms read. */
  signs(signed: Signed): void {
    if (this.#state.is === 'waiting') this.#state = { is: 'catching-up', signed };
  }

  /** It was welcomed. */
  goesLive(): void {
    if (this.#state.is === 'catching-up') this.#state = { is: 'live', signed: this.#state.signed };
  }

  /** One message of the socket. */
  receive(bytes: Uint8Array): void {
    if (this.#state.is !== 'closing') this.#hearFrame(parseFrame(bytes, this.#parts.limits.jsonDepth));
  }

  /** One frame of a request, whose strict JSON was read already. */
  receiveParsed(frame: unknown): void {
    if (this.#state.is !== 'closing') this.#hearFrame(checkFrame(frame));
  }
  /** A sign of life that says nothing else. Too many of those are a flood too: false where it gets no answer. */
  beat(): boolean {
    if (this.#state.is === 'closing') return false;
    this.hear();
    const inPace = this.#pace.take(this.heardAt) === 0;
    if (!inPace) this.#overPace(undefined, undefined);
    return inPace;
  }

  hear(): void {
    this.heardAt = this.#parts.clock.now();
    this.askedAt = 0;
  }

  ping(): void {
    this.askedAt = this.#parts.clock.now();
    this.#carrier.ping();
  }

  reply(parcel: Parcel): void {
    this.writer.push(parcel);
  }

  refuse(ref: string | undefined, code: string, more: { detail?: string; retryAfterMs?: number } = {}): void {
    this.writer.push(parcelOf({ type: 'error', ref, code, detail: more.detail, retryAfterMs: more.retryAfterMs }));
  }

  /** Closes with a code of the catalogue. What waits is written first, except for whom nothing more may reach. */
  close(name: ClosingName, waitMs?: number): void {
    if (this.#state.is === 'closing') return;
    this.#leave();
    if (name !== 'signed_out' && name !== 'stale') this.writer.flush();
    this.writer.close();
    this.#queue = undefined;
    this.#parts.onClosing(this, name);
    this.#carrier.close(CLOSINGS[name].code, closeReason(name, waitMs));
  }

  terminate(): void {
    this.#carrier.terminate();
  }

  /** The socket is gone. */
  ended(): void {
    if (this.#state.is !== 'closing') {
      this.#leave();
      this.writer.close();
      this.#queue = undefined;
    }
    this.#parts.onEnd(this);
  }

  #leave(): void {
    const state = this.#state;
    this.#state = { is: 'closing' };
    if (state.is === 'catching-up' || state.is === 'live') this.#parts.onLeave(state.signed);
  }

  #hearFrame(incoming: Incoming): void {
    this.hear();
    const wait = this.#pace.take(this.heardAt);
    const ref = incoming.is === 'bad' ? incoming.ref : incoming.frame.ref;
    if (wait > 0) return this.#overPace(ref, wait);
    this.#over = Math.max(0, this.#over - 1);
    if (incoming.is === 'bad') this.#strike(incoming.ref, incoming.code, incoming.detail);
    else this.#take(incoming.frame);
  }

  #take(frame: UpFrame): void {
    if (this.#state.is === 'waiting' && this.#queue === undefined) {
      if (frame.type !== 'hello') return this.close('signed_out');
    } else if (frame.type === 'hello') return this.close('bad_frames');
    if (this.#queue?.some((each) => each.ref === frame.ref)) {
      return this.#strike(frame.ref, 'bad_request', 'This ref is in use by a frame that is not answered yet.');
    }
    if (this.#queue !== undefined) this.#queue.push(frame);
    else {
      this.#queue = [frame];
      void this.#work(this.#queue);
    }
  }

  /** One frame after the other: what somebody says first is stored first. */
  async #work(queue: UpFrame[]): Promise<void> {
    for (;;) {
      const frame = queue[0];
      if (frame === undefined || this.#queue !== queue) break;
      await this.#parts.handle(this, frame);
      queue.shift();
    }
    if (this.#queue === queue) this.#queue = undefined;
  }

  #strike(ref: string | undefined, code: string, detail?: string): void {
    this.refuse(ref, code, detail === undefined ? {} : { detail });
    this.#strikes += 1;
    if (this.#strikes >= STRIKES) this.close('bad_frames');
  }

  #overPace(ref: string | undefined, retryAfterMs: number | undefined): void {
    this.#over += 1;
    if (this.#over > OVER_PACE) this.close('flooding', 5_000);
    else if (retryAfterMs !== undefined) this.refuse(ref, 'rate_limited', { retryAfterMs });
  }

  /** Whoever does not read is not read either, or its replies would pile up. */
  #full(full: boolean): void {
    this.fullSince = full ? this.#parts.clock.now() : 0;
    if (full) this.#carrier.pause();
    else {
      this.hear();
      this.#carrier.resume();
    }
  }
}
