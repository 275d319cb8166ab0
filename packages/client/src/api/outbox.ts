import type { Nonce, RoomId } from '@rill/protocol';
import type { RillError } from '../error.ts';
import type { Living } from './living.ts';

interface Common {
  /** The nonce of a message that is sent; a name of its own for the rest. */
  readonly id: string;
  readonly room: RoomId;
  /** ms since 1970 when it was asked. */
  readonly at: number;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly error?: RillError;
  /** At some moment since it was asked there was no line: what was right then may be refused now. */
  readonly offline?: true;
  /** It certainly never left this device. */
  readonly untried?: true;
}

/** Something asked and not yet confirmed. */
export type OutboxItem = Common &
  (
    | { readonly kind: 'send'; readonly nonce: Nonce; readonly text: string }
    | { readonly kind: 'edit'; readonly seq: number; readonly text: string }
    | { readonly kind: 'recall' | 'hide'; readonly seq: number }
    | { readonly kind: 'remove'; readonly seq: number; readonly reason?: string }
    | { readonly kind: 'read'; readonly seq: number }
  );

export interface OutboxState {
  /** Everything not confirmed, in order. */
  readonly items: readonly OutboxItem[];
  /** Those that were refused and wait for `room.retry`, `room.discard` or `room.dismiss`. */
  readonly failed: readonly OutboxItem[];
}

export type LiveOutbox = Living<OutboxState>;
