import { ERRORS, type ErrorCode, type Problem } from '@rill/protocol';
import type { RefusalDetail } from '../domain/refusal.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** When a client is to try again if nobody knows better, in seconds. */
const DEFAULT_WAIT_SECONDS = 2;

/** An error as it leaves over HTTP: the same bytes for the same reason, whoever asks and however often. */
export interface ProblemAnswer {
  readonly status: number;
  readonly body: string;
  /** Seconds; only where coming back may help. */
  readonly retryAfter?: number;
}

/** Words an error of the catalogue as RFC 9457 has it. */
export function problem(code: ErrorCode, more: RefusalDetail = {}): ProblemAnswer {
  const { status, en } = ERRORS[code];
  const body: Problem = {
    type: `urn:rill:error:${code}`,
    title: en,
    status,
    code,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.errors === undefined ? {} : { errors: more.errors.map(({ at, is }) => ({ at, is })) }),
  };
  return { status, body: JSON.stringify(body), ...waiting(code, more.retryAfterMs) };
}

function waiting(code: ErrorCode, ms: number | undefined): { retryAfter?: number } {
  if (ms !== undefined) return { retryAfter: Math.max(1, Math.ceil(ms / 1_000)) };
  const { status, retry } = ERRORS[code];
  return retry && (status === 429 || status === 503) ? { retryAfter: DEFAULT_WAIT_SECONDS } : {};
}
