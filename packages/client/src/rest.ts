import type { Problem } from '@rill/protocol';
import { asRillError, RillError } from './error.ts';
import type { RestRequest, Transport } from './transport.ts';

/** Query values; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** Calls the server's REST interface. Every failure is a RillError. */
export interface Rest {
  call<Answer>(method: RestRequest['method'], path: string, body?: unknown): Promise<Answer>;
}

export interface RestDeps {
  readonly transport: Transport;
  readonly token: () => string | undefined;
  /** Which sign-in it is that asks. */
  readonly turn: () => number;
  /** The server knows no such sign-in (any more). */
  readonly onUnauthenticated: () => void;
}

export function createRest({ transport, token, turn, onUnauthenticated }: RestDeps): Rest {
  return {
    async call<Answer>(method: RestRequest['method'], path: string, body?: unknown): Promise<Answer> {
      const asked = turn();
      const answer = await transport.exchange({ method, path, body, token: token() }).catch((error: unknown) => {
        throw asRillError(error);
      });
      if (answer.status >= 200 && answer.status < 300) {
        // The server's answers are of the wire's types by its own contract tests; no schema compiler reaches the browser.
        return answer.body as Answer;
      }
      const error = readProblem(answer.status, answer.body, answer.retryAfterMs);
      // A sign-in that began meanwhile is not ended by the answer to an older one.
      if (error.code === 'unauthenticated' && asked === turn()) onUnauthenticated();
      throw error;
    },
  };
}

function readProblem(status: number, body: unknown, retryAfterMs: number | undefined): RillError {
  const problem: Partial<Problem> = typeof body === 'object' && body !== null ? body : {};
  // A proxy in between answers with pages of its own.
  const code = typeof problem.code === 'string' ? problem.code : status >= 500 ? 'unavailable' : 'bad_request';
  return new RillError(code, {
    status,
    retryAfterMs,
    detail: typeof problem.detail === 'string' ? problem.detail : undefined,
    errors: Array.isArray(problem.errors) ? problem.errors : [],
  });
}

/** A path with its query: `at('/users', { q })`. */
export function at(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  if (pairs.length === 0) return path;
  return `${path}?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}
