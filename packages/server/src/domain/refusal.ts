import { ERRORS, type ErrorCode } from '@rill/protocol';

/** What may be told besides the code: never anything the asker may not know. */
export interface RefusalDetail {
  /** One sentence on this very request. */
  readonly detail?: string;
  /** When the same request may succeed, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Which fields were wrong, and how. */
  readonly errors?: readonly { readonly at: string; readonly is: string }[];
}

/** A request is answered with an error of the catalogue. Thrown where it is found, answered in one place a door. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly more: RefusalDetail;

  constructor(code: ErrorCode, more: RefusalDetail = {}, cause?: unknown) {
    super(`${code}: ${more.detail ?? ERRORS[code].en}`, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.more = more;
  }
}
