import type { Nonce } from '@rill/protocol';

const LETTERS = '0123456789abcdefghijklmnopqrstuv';

/** A new nonce: 130 random bits. `crypto.randomUUID` is missing over plain http away from localhost; this is not. */
export function newNonce(): Nonce {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  let text = '';
  for (const byte of bytes) text += LETTERS[byte & 31];
  return text as Nonce;
}
