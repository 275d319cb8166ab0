import type { Message } from '@rill/protocol';

/** Messages without holes: `messages[i].seq` is `first + i`. Immutable. */
export interface Stretch {
  readonly first: number;
  readonly messages: readonly Message[];
}

/** The last seq; one before the first where the stretch is empty. */
export function lastOf(stretch: Stretch): number {
  return stretch.first + stretch.messages.length - 1;
}

export function messageAt(stretch: Stretch, seq: number): Message | undefined {
  return stretch.messages[seq - stretch.first];
}

/** Whether one sight of a message gives way to another: hidden is for good, and else only to a newer one. */
export function yields(old: Message, to: Message): boolean {
  if (old.kind === 'hidden' || old.kind === 'gone') return false;
  return to.kind === 'hidden' || to.kind === 'gone' || to.rev > old.rev;
}

/** With a message that is in the stretch or comes right after it; any other changes nothing. */
export function place(stretch: Stretch, message: Message): Stretch {
  const index = message.seq - stretch.first;
  const old = stretch.messages[index];
  if (old === undefined) {
    if (index !== stretch.messages.length) return stretch;
    return { first: stretch.first, messages: [...stretch.messages, message] };
  }
  if (!yields(old, message)) return stretch;
  const messages = stretch.messages.slice();
  messages[index] = message;
  return { first: stretch.first, messages };
}

/** Two sights of neighbouring or overlapping stretches as one; undefined where there is a hole between them. */
export function join(older: Stretch, newer: Stretch): Stretch | undefined {
  if (newer.first > lastOf(older) + 1 || newer.first < older.first) return undefined;
  const shared = lastOf(older) - newer.first + 1;
  let joined: Stretch = { first: older.first, messages: [...older.messages, ...newer.messages.slice(shared)] };
  for (const message of newer.messages.slice(0, shared)) joined = place(joined, message);
  return joined;
}

/** At most `max` messages, of which the newest stay, or the oldest. */
export function trim(stretch: Stretch, max: number, keep: 'newest' | 'oldest'): Stretch {
  const spare = stretch.messages.length - max;
  if (spare <= 0) return stretch;
  if (keep === 'oldest') return { first: stretch.first, messages: stretch.messages.slice(0, max) };
  return { first: stretch.first + spare, messages: stretch.messages.slice(spare) };
}

/** A page as a stretch; undefined where the server left a number out. */
export function stretchOf(messages: readonly Message[], whenEmpty: number): Stretch | undefined {
  const first = messages[0]?.seq ?? whenEmpty;
  return messages.every((message, index) => message.seq === first + index) ? { first, messages } : undefined;
}
