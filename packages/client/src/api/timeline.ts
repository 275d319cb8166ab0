import type { Message, Nonce, UserId } from '@rill/protocol';
import type { RillError } from '../error.ts';
import type { Living } from './living.ts';

/** What one asked of a message and the server has not answered yet, or has refused. */
export interface PendingAct {
  readonly id: string;
  readonly kind: 'edit' | 'recall' | 'hide' | 'remove';
  /** edit: the new text, to be shown in place of the old one. */
  readonly text?: string;
  /** Set once it was refused; it stays until `room.dismiss(id)` or the next act on the message. */
  readonly error?: RillError;
  /** At some moment since it was asked there was no line. */
  readonly offline?: true;
}

/** A message that is in the room's log. `key` is the same as that of the pending item it came from. */
export interface MessageItem {
  readonly kind: 'message';
  readonly key: string;
  readonly seq: number;
  readonly message: Exclude<Message, { kind: 'hidden' | 'gone' }>;
  readonly mine: boolean;
  readonly act?: PendingAct;
  /** Recalled here a moment ago: `room.reEdit(seq)` still has the text. */
  readonly reEdit: boolean;
}

/** A message of one's own that is not in the log yet. waiting: for the line or its turn. */
export interface PendingItem {
  readonly kind: 'pending';
  readonly key: string;
  readonly nonce: Nonce;
  readonly author: UserId;
  readonly text: string;
  /** ms since 1970, of this device. */
  readonly at: number;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly error?: RillError;
  /** At some moment since it was asked there was no line. */
  readonly offline?: true;
  /** It certainly never left this device: `room.discard` takes it back for good. */
  readonly untried?: true;
}

export type TimelineItem = MessageItem | PendingItem;

/** What lies beyond an end of the loaded stretch. */
export type Edge =
  | { readonly name: 'more' }
  | { readonly name: 'loading' }
  | { readonly name: 'end' }
  | { readonly name: 'failed'; readonly error: RillError };

/**
 * empty: nothing loaded yet · kept: from the device, not yet compared with the server · ready: as the server has it.
 * `items` ascend by seq; one's own pending ones follow at the end, where the loaded stretch reaches the newest.
 */
export interface TimelineState {
  readonly name: 'empty' | 'kept' | 'ready';
  readonly items: readonly TimelineItem[];
  readonly older: Edge;
  readonly newer: Edge;
  /** Where the line "new since you left" stands: the first unread message when the room was opened. */
  readonly firstUnread: number | undefined;
  /** First and last seq of the loaded stretch (hidden ones included); 0 and 0 when there is none. */
  readonly first: number;
  readonly last: number;
  /** Counts the times the stretch was replaced rather than extended (jump, resync): scroll positions start anew. */
  readonly turn: number;
}

/**
 * The conversation as far as it is loaded: one stretch without holes, bounded, extended at both ends.
 * Loading never rejects: what failed is told by the edge, and asking again tries again.
 */
export interface LiveTimeline extends Living<TimelineState> {
  /** Loads what lies before; what is furthest at the other end is let go when there is too much. */
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Shows the stretch around a message; resolves to the item's key, or undefined when there is nothing to see. */
  jump(seq: number): Promise<string | undefined>;
  /** Back to the newest. */
  toEnd(): Promise<void>;
  /** Puts the line "new since you left" where it would be if the room were opened now. */
  resetFirstUnread(): void;
}
