import type { Outcome } from '../history/record.ts';

/** A request that has no answer by then has an unknown outcome (ms). */
const DEADLINE = 8_000;

/** An answer, or that there was none. */
export interface Answer {
  readonly outcome: Outcome;
  readonly status: number;
  readonly bytes: string;
  /** Parsed where it is JSON. */
  readonly body: unknown;
  readonly retryAfterMs: number;
}

/** Asks one node. Never throws: a lost line is an outcome too. */
export async function ask(
  base: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE),
    });
    const bytes = await response.text();
    return {
      outcome: outcomeOf(response.status),
      status: response.status,
      bytes,
      body: response.headers.get('content-type')?.includes('json') ? JSON.parse(bytes) : undefined,
      retryAfterMs: 1_000 * Number(response.headers.get('retry-after') ?? 0),
    };
  } catch {
    return { outcome: 'info', status: 0, bytes: '', body: undefined, retryAfterMs: 0 };
  }
}

function outcomeOf(status: number): Outcome {
  if (status < 400) return 'ok';
  return status < 500 ? 'fail' : 'info';
}

/** The code of a problem, where the answer is one. */
export function codeOf(answer: Answer): string {
  const { body } = answer;
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : `http_${answer.status}`;
}
