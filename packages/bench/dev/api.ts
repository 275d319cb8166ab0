import type { Problem } from '@rill/protocol';
import { setTimeout as wait } from 'node:timers/promises';

/** The server said no, or nothing at all. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(what: string, code: string, status: number, detail: string) {
    super(`${what}: ${code} (${status}) ${detail}`);
    this.name = 'Refused';
    this.code = code;
    this.status = status;
  }
}

/** The REST API with one session's token. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

const PATIENCE_MS = 60_000;

/** What may be asked again as it is: every call here is safe to repeat. */
const passing = (status: number) => status === 408 || status === 429 || status >= 502;

export function createApi(url: string, token: string | undefined): Api {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
      const answer = await fetch(new URL(`/api/v1${path}`, url), {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      }).catch((error: unknown) => {
        if (Date.now() > until) throw new Refused(`${method} ${path}`, 'unreachable', 0, String(error));
      });
      if (answer?.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
      if (answer !== undefined && (!passing(answer.status) || Date.now() > until)) {
        const problem = (await answer.json().catch(() => undefined)) as Partial<Problem> | undefined;
        const detail = problem?.detail ?? problem?.title ?? '';
        throw new Refused(`${method} ${path}`, problem?.code ?? 'unknown', answer.status, detail);
      }
      await answer?.body?.cancel();
      await wait(Math.max(pause, Number(answer?.headers.get('retry-after') ?? 0) * 1_000));
    }
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  };
}
