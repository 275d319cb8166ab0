import type { Clock } from './clock.ts';
import type { SharedLines } from './transport/shared-lines.ts';
import { openLater } from './transport/later.ts';
import { type Way, Ways, type WaysDeps } from './transport/ways.ts';
import type { TabPort } from './transport/port.ts';
import { liveAddress, openWebSocket } from './transport/web-socket.ts';

/** One REST exchange. `path` begins after `/api/v1`. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

/** What came back; `body` is parsed JSON, or undefined where there was none. */
export interface RestAnswer {
  readonly status: number;
  readonly retryAfterMs?: number | undefined;
  readonly body: unknown;
}

/** What a line tells. After `closed` nothing more comes. */
export interface LineListener {
  opened(): void;
  received(text: string): void;
  closed(code: number, reason: string): void;
}

/** An open line to the server: frames as text, in order. */
export interface Line {
  send(text: string): void;
  close(): void;
}

/** The door to the network. */
export interface Transport {
  /** Rejects only where no answer came. */
  exchange(request: RestRequest): Promise<RestAnswer>;
  /** `token`: of the session, where no cookie says who it is. */
  open(listener: LineListener, token?: string): Line;
}

const REQUEST_MS = 30_000;

export interface WebTransportOptions {
  /** The server's origin; paths under `/api/v1` are added. */
  readonly url: string;
  readonly clock: Clock;
  /** The only way to take; default: whichever gets through. */
  readonly way: Way | undefined;
  /** Where one WebSocket serves all tabs of this browser. */
  readonly share: (() => Promise<TabPort | undefined>) | undefined;
  /** Keeps on this device until when WebSockets are not tried. */
  readonly keep: WaysDeps['keep'];
}

/** The network as browsers and Node have it. */
export interface WebTransport extends Transport {
  /** What the device kept. */
  restore(avoidUntil: number | undefined): void;
}

/** The network as browsers and Node have it: fetch and WebSocket, or fetch alone where WebSockets do not get through. */
export function webTransport({ url, clock, way, share, keep }: WebTransportOptions): WebTransport {
  const base = `${url.replace(/\/+$/, '')}/api/v1`;
  const ask = (request: RestRequest) => exchange(globalThis.fetch, base, request);
  const openOwn = (listener: LineListener) => openWebSocket(globalThis.WebSocket, liveAddress(url), listener);
  const openSocket = share === undefined ? openOwn : shareLines(share, clock, openOwn);
  const open: WaysDeps['open'] = (taken, listener, token) =>
    taken === 'webSocket'
      ? openSocket(listener)
      : // Few networks need it, so its code comes only where it is taken.
        openLater(listener, async () => {
          const { openEventStream } = await import('./transport/event-stream.ts');
          return () => openEventStream({ fetch: globalThis.fetch, clock, base, token }, listener);
        });
  const ways = new Ways({
    clock,
    open,
    keep,
    answers: () =>
      ask({ method: 'GET', path: '/server' }).then(
        ({ status }) => status === 200,
        () => false,
      ),
  });
  return {
    exchange: ask,
    open: (listener, token) => (way === undefined ? ways.open(listener, token) : open(way, listener, token)),
    restore: (avoidUntil) => ways.restore(avoidUntil),
  };
}

/** Opens lines over what all tabs share, and a tab's own where that does not work. */
function shareLines(
  share: () => Promise<TabPort | undefined>,
  clock: Clock,
  openOwn: (listener: LineListener) => Line,
): (listener: LineListener) => Line {
  let starting: Promise<SharedLines | undefined> | undefined;
  const start = async () => {
    const [port, { SharedLines }] = await Promise.all([share(), import('./transport/shared-lines.ts')]);
    return port === undefined ? undefined : new SharedLines(port, clock);
  };
  return (listener) =>
    openLater(listener, async () => {
      starting ??= start().catch(() => undefined);
      const shared = await starting;
      return () => (shared === undefined || shared.isDead() ? openOwn(listener) : shared.open(listener));
    });
}

async function exchange(fetchIt: typeof fetch, base: string, request: RestRequest): Promise<RestAnswer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (request.token !== undefined) headers['authorization'] = `Bearer ${request.token}`;
  const answer = await fetchIt(base + request.path, {
    method: request.method,
    headers,
    credentials: request.token === undefined ? 'include' : 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(REQUEST_MS),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await answer.text();
  return { status: answer.status, retryAfterMs: readRetryAfter(answer.headers.get('retry-after')), body: parse(text) };
}

function readRetryAfter(value: string | null): number | undefined {
  if (value === null || !/^\d{1,6}$/.test(value)) return undefined;
  return Number(value) * 1_000;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
