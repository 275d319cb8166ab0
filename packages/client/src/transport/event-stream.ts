import { CLOSINGS, closeReason } from '@rill/protocol/close-codes';
import { FRAMES_PER_REQUEST } from '@rill/protocol/limits';
import type { Clock } from '../clock.ts';
import type { Line, LineListener } from '../transport.ts';
import { eventParser } from './event-parser.ts';

export interface EventStreamDeps {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Up to and with `/api/v1`. */
  readonly base: string;
  /** A session's token; without one the cookie says who it is. */
  readonly token: string | undefined;
}

/** The most that frames of one request may be together, well below what the server takes; one alone always goes. */
const REQUEST_LENGTH = 32_768;
const REQUEST_MS = 30_000;
const WAIT_MS = 1_000;

/** A line over an event stream: frames come down in it, and go up in requests beside it, one after the other. */
export function openEventStream(deps: EventStreamDeps, listener: LineListener): Line {
  const abort = new AbortController();
  const waiting: string[] = [];
  let stream: string | undefined;
  let posting = false;
  let over = false;
  let beats = 0;
  let cancelWait = () => {};

  function end(code: number, reason: string): void {
    if (over) return;
    over = true;
    cancelWait();
    abort.abort();
    listener.closed(code, reason);
  }
  const broken = () => end(1006, '');

  function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (deps.token !== undefined) headers.set('authorization', `Bearer ${deps.token}`);
    const fetchIt = deps.fetch;
    return fetchIt(deps.base + path, {
      ...init,
      headers,
      credentials: deps.token === undefined ? 'include' : 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
  }

  function send(text: string): void {
    if (over) return;
    waiting.push(text);
    if (!posting) void post();
  }

  /** One request at a time: what was said first arrives first. */
  async function post(): Promise<void> {
    posting = true;
    while (waiting.length > 0 && !over) {
      const frames = batch(waiting);
      const body = `{"stream":${JSON.stringify(stream)},"frames":[${frames.join(',')}]}`;
      const giveUp = deps.clock.after(REQUEST_MS, broken);
      const answer = await ask('/live/frames', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        signal: abort.signal,
        body,
      }).catch(() => undefined);
      giveUp();
      // Whether they arrived nobody knows: the next line begins anew, as after a broken socket.
      if (answer === undefined) return broken();
      void answer.body?.cancel().catch(() => {});
      if (answer.ok) waiting.splice(0, frames.length);
      else if (answer.status !== 429 && answer.status !== 503) return refused(answer);
      else await pause(waitOf(answer));
    }
    posting = false;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = deps.clock.after(ms, resolve);
      cancelWait = () => {
        cancel();
        resolve();
      };
    });
  }

  function refused(answer: Response): void {
    if (answer.status === 401) end(CLOSINGS.signed_out.code, closeReason('signed_out'));
    else if (answer.status === 413) end(CLOSINGS.too_big.code, closeReason('too_big'));
    else if (answer.status === 429 || answer.status === 503) {
      end(CLOSINGS.overloaded.code, closeReason('overloaded', waitOf(answer)));
    } else broken();
  }

  async function listen(): Promise<void> {
    const answer = await ask('/live/events', { headers: { accept: 'text/event-stream' }, signal: abort.signal });
    if (answer.status !== 200) return refused(answer);
    const type = answer.headers.get('content-type') ?? '';
    if (answer.body === null || !type.startsWith('text/event-stream')) return broken();
    const parse = eventParser({
      event({ name, data }) {
        if (over) return;
        if (name === 'message') return listener.received(data);
        const told: unknown = JSON.parse(data);
        if (typeof told !== 'object' || told === null) return;
        if (name === 'open' && 'stream' in told && typeof told.stream === 'string') {
          stream = told.stream;
          listener.opened();
        }
        if (name === 'close' && 'code' in told && 'reason' in told) end(Number(told.code), String(told.reason));
      },
      comment() {
        // The server asks whether anybody is there.
        beats += 1;
        if (stream !== undefined) send(JSON.stringify({ type: 'ping', ref: `~${beats}` }));
      },
    });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return broken();
      parse(value);
    }
  }

  listen().catch(broken);
  return { send, close: broken };
}

/** As many of the first as one request takes. */
function batch(waiting: readonly string[]): string[] {
  let length = 0;
  const frames = waiting.slice(0, FRAMES_PER_REQUEST);
  const most = frames.findIndex((text, at) => {
    length += text.length;
    return at > 0 && length > REQUEST_LENGTH;
  });
  return most < 0 ? frames : frames.slice(0, most);
}

function waitOf(answer: Response): number {
  const seconds = answer.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Math.max(WAIT_MS, Number(seconds) * 1_000) : WAIT_MS;
}
