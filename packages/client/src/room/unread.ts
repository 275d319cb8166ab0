import type { Message, UserId } from '@rill/protocol';

/**
 * How many messages a user has not read, kept true without asking: the server's count of what lies up to `from`, and
 * what is known one by one of what came after.
 */
export interface Unread {
  readonly readSeq: number;
  /** Up to this seq the server has counted. */
  readonly from: number;
  /** The server's count of what lies after readSeq and not after `from`. */
  readonly base: number;
  /** Each seq after `from` and after readSeq that counts, ascending. */
  readonly counted: readonly number[];
  /** Set where the number is a guess until the server is asked again. */
  readonly doubt: boolean;
}

export function serverSays(readSeq: number, head: number, count: number): Unread {
  return { readSeq, from: head, base: count, counted: [], doubt: false };
}

export function unreadCount(unread: Unread): number {
  return unread.base + unread.counted.length;
}

/** Somebody else said something. */
export function said(unread: Unread, seq: number): Unread {
  if (seq <= unread.from || seq <= unread.readSeq || unread.counted.includes(seq)) return unread;
  return { ...unread, counted: [...unread.counted, seq] };
}

/** A message stopped counting (recalled, removed, hidden). `counted`: whether it did until now, where that is known. */
export function uncounted(unread: Unread, seq: number, counted: boolean | undefined): Unread {
  if (seq <= unread.readSeq) return unread;
  if (seq > unread.from) return { ...unread, counted: unread.counted.filter((each) => each !== seq) };
  if (counted === false) return unread;
  const base = Math.max(0, unread.base - 1);
  return { ...unread, base, doubt: unread.doubt || counted === undefined };
}

/** Read up to `seq`. */
export function readUpTo(unread: Unread, seq: number): Unread {
  if (seq <= unread.readSeq) return unread;
  const counted = unread.counted.filter((each) => each > seq);
  if (seq >= unread.from) return { readSeq: seq, from: unread.from, base: 0, counted, doubt: false };
  const base = Math.min(unread.base, unread.from - seq);
  return { ...unread, readSeq: seq, base, counted, doubt: unread.doubt || base > 0 };
}

/** Whether a message counts, as it is loaded, if it is after what was read; undefined where that cannot be seen. */
export function countsAsUnread(message: Message | undefined, me: UserId | undefined): boolean | undefined {
  if (message === undefined || message.kind === 'gone') return undefined;
  if (message.kind !== 'text' || message.author === me) return false;
  // A tombstone may have come by a page, before its event.
  return 'text' in message ? true : undefined;
}
