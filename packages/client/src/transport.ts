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
  open(listener: LineListener): Line;
}

const REQUEST_MS = 30_000;

export interface WebTransportOptions {
  /** The server's origin; paths under `/api/v1` are added. */
  readonly url: string;
  readonly fetch?: typeof fetch;
  readonly WebSocket?: typeof WebSocket;
}

/** The network as browsers and Node have it: fetch and WebSocket. */
export function webTransport(options: WebTransportOptions): Transport {
  const base = `${options.url.replace(/\/+$/, '')}/api/v1`;
  return {
    exchange: (request) => exchange(options.fetch ?? globalThis.fetch, base, request),
    open: (listener) =>
      openLine(options.WebSocket ?? globalThis.WebSocket, `${base.replace(/^http/, 'ws')}/live`, listener),
  };
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

function openLine(Socket: typeof WebSocket, url: string, listener: LineListener): Line {
  let over = false;
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    listener.closed(code, reason);
  };
  const socket = new Socket(url);
  socket.onopen = () => {
    if (!over) listener.opened();
  };
  socket.onmessage = (message: MessageEvent) => {
    if (!over && typeof message.data === 'string') listener.received(message.data);
  };
  socket.onclose = (close) => end(close.code, close.reason);
  // An error is always followed by a close that says more.
  socket.onerror = () => {};
  return {
    send: (text) => {
      if (socket.readyState === Socket.OPEN) socket.send(text);
    },
    close: () => {
      // The browser waits up to a minute for the other side of a broken line to agree.
      end(1006, '');
      socket.close();
    },
  };
}
