import type { ErrorCode } from '@rill/protocol';

/** What may go wrong at every address. */
export const ANYWHERE: readonly ErrorCode[] = ['bad_request', 'rate_limited', 'overloaded', 'internal'];
/** Besides, where one must be signed in. */
export const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'unavailable'];
/** Besides, where a room is named. */
export const IN_ROOM: readonly ErrorCode[] = [...SIGNED_IN, 'not_found'];
/** Besides, where something is changed. */
export const CHANGING: readonly ErrorCode[] = [
  'origin_refused',
  'malformed_json',
  'malformed_unicode',
  'duplicate_key',
  'too_deep',
  'body_too_large',
  'unsupported_media_type',
  'outcome_unknown',
  'storage_full',
];
