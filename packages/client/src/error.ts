import { ERRORS, type ErrorCode, isErrorCode } from '@rill/protocol/errors';

/** A code of the catalogue; or `network`: no answer came; `discarded`: given up by the user; or one of a newer server. */
export type FailureCode = ErrorCode | 'network' | 'discarded' | (string & {});

/** What a field was refused for. */
export interface FieldError {
  readonly at: string;
  readonly is: string;
}

/** Everything the SDK fails with. Act on `code`; word it for people with the catalogue of '@rill/protocol/errors'. */
export class RillError extends Error {
  override readonly name = 'RillError';
  readonly code: FailureCode;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];

  constructor(
    code: FailureCode,
    more: {
      status?: number;
      retryAfterMs?: number | undefined;
      detail?: string | undefined;
      errors?: readonly FieldError[];
      cause?: unknown;
    } = {},
  ) {
    super(
      more.detail ?? (isErrorCode(code) ? ERRORS[code].en : code),
      more.cause === undefined ? {} : { cause: more.cause },
    );
    this.code = code;
    this.status = more.status ?? (isErrorCode(code) ? ERRORS[code].status : 0);
    this.retryAfterMs = more.retryAfterMs;
    this.detail = more.detail;
    this.errors = more.errors ?? [];
  }

  /** Whether the very same request may succeed later: no answer, 408, 429, and what is down. */
  get retry(): boolean {
    if (this.code === 'network') return true;
    if (isErrorCode(this.code)) return ERRORS[this.code].retry;
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Whatever was thrown, as a RillError: a stranger is `network` only where it came from the line. */
export function asRillError(error: unknown): RillError {
  return error instanceof RillError
    ? error
    : new RillError('network', { cause: error, detail: 'No answer from the server.' });
}
