import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type SessionId, USER_ID_PATTERN, type UserId } from '@rill/protocol';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
// The largest multiple of 36 in a byte: what is above would make some characters likelier.
const FAIR = 252;
// Crockford's: no letter that is taken for a digit when somebody types a code.
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
const SECRET_BYTES = 32;
const CODE_BYTES = 16;

/** A random id of `[0-9a-z]`. */
export function randomId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < FAIR && id.length < length) id += ALPHABET[byte % ALPHABET.length];
    }
  }
  return id;
}

export const newUserId = (): UserId => randomId(10) as UserId;
export const newSessionId = (): SessionId => randomId(12) as SessionId;

/** 256 random bits, for what nobody types. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** 128 random bits, for what somebody may have to type. */
export function newCode(): string {
  return base32(randomBytes(CODE_BYTES));
}

/** The one-time code of the first account: told from the server's secret, so that it is kept nowhere. */
export function ownerCodeOf(secret: string, serverId: string): string {
  return base32(createHmac('sha256', secret).update(`owner ${serverId}`).digest().subarray(0, CODE_BYTES));
}

/** What is kept of a secret. It needs no salt: it is as random as a key. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A code as people type it: in capitals, with spaces or dashes, O for 0. */
export function readCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/gu, '').replaceAll('o', '0').replace(/[il]/gu, '1');
}

/** Compares in a time that tells nothing. */
export function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const OF_USER = new RegExp(`^(${USER_ID_PATTERN.slice(1, -1)})\\.([A-Za-z0-9_-]{43})$`);

/** `<user id>.<secret>`, so that all a user's secrets are in the slot of the user. */
export function secretOf(user: UserId, secret: string): string {
  return `${user}.${secret}`;
}

/** Reads what `secretOf` wrote; undefined where it has another form. */
export function readSecret(given: string): { readonly user: UserId; readonly hash: string } | undefined {
  const [, user, secret] = OF_USER.exec(given) ?? [];
  return user === undefined || secret === undefined ? undefined : { user: user as UserId, hash: hashOf(secret) };
}

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31];
}
