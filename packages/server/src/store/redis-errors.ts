import { Refusal } from '../domain/refusal.ts';

/** How long a client is asked to wait while Redis is away, loads, or moves a slot. */
export const RETRY_AFTER_MS = 1_000;

/** Redis answered with one of these before it ran anything. */
const NOT_RUN = new Set([
  'MOVED',
  'ASK',
  'TRYAGAIN',
  'CLUSTERDOWN',
  'CROSSSLOT',
  'LOADING',
  'BUSY',
  'MASTERDOWN',
  'READONLY',
  'MISCONF',
  'NOREPLICAS',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
]);

/** ioredis never put these on the wire. */
const NOT_SENT = /isn't writeable|isn't ready|is disconnect|None of startup nodes/;

/** What a key that is still on its way to another node looks like from inside a function. */
const MIGRATING = /non local key|non-local key|TRYAGAIN|\bASK \d/;

/** True when Redis does not have our library (an empty master, FUNCTION FLUSH): load it and ask again. */
export function isFunctionMissing(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Function not found');
}

/** True when the slot of the keys is at another master now; nothing was executed. */
export function isMoved(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError' && error.message.startsWith('MOVED ');
}

/**
 * Words an error of Redis or of the line to it for whoever asked. A command that may have been executed is
 * `outcome_unknown`; one that surely was not, `unavailable`. Anything else is a fault of ours and stays as it is.
 */
export function refusalOf(error: unknown, writes: boolean): unknown {
  if (!(error instanceof Error) || error instanceof Refusal || error instanceof TypeError) return error;
  const away = () => new Refusal('unavailable', { retryAfterMs: RETRY_AFTER_MS }, error);
  if (error.name === 'ReplyError') {
    const word = error.message.split(' ', 1)[0] ?? '';
    if (word === 'OOM' || error.message.includes('OOM command not allowed'))
      return new Refusal('storage_full', {}, error);
    if (NOT_RUN.has(word) || MIGRATING.test(error.message)) return away();
    return error;
  }
  if (!writes || NOT_SENT.test(error.message)) return away();
  return new Refusal('outcome_unknown', { retryAfterMs: RETRY_AFTER_MS }, error);
}
