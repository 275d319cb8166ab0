import { createHmac, createSecretKey } from 'node:crypto';
import type { Nonce, RoomId, UserId } from '@rill/protocol';

/** Numbers by which Redis knows a nonce and a text without having either: the key of the hashes is ours. */
export interface NonceHashes {
  /** The two halves of 8 bytes, and 4 bytes and 1 byte of the text's digest: as the functions take them. */
  of(room: RoomId, sender: UserId, nonce: Nonce, text: string): readonly [number, number, number, number];
}

export function createNonceHashes(secret: string | Uint8Array): NonceHashes {
  const key = createSecretKey(Buffer.from(secret));
  return {
    of(room, sender, nonce, text) {
      const place = createHmac('sha256', key).update(`nonce ${room} ${sender} ${nonce}`).digest();
      const body = createHmac('sha256', key).update(`text ${text}`).digest();
      return [place.readUInt32BE(0), place.readUInt32BE(4), body.readUInt32BE(0), body.readUInt8(4)];
    },
  };
}
