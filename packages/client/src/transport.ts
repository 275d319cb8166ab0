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
