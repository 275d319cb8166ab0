import type { Message, UserId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import type { MessageItem, PendingAct, PendingItem, TimelineItem } from '../api/timeline.ts';

/** What the items of a timeline are made of. */
export interface ItemParts {
  readonly messages: readonly Message[];
  /** What was asked in this room and is not confirmed, in order. */
  readonly asked: readonly OutboxItem[];
  readonly me: UserId | undefined;
  /** The nonce under which a message was shown before it had a seq: its row stays the same row. */
  readonly nonceOf: (seq: number) => string | undefined;
  readonly canReEdit: (seq: number) => boolean;
  /** Whether one's own pending messages follow the last one. */
  readonly atEnd: boolean;
}

/** The items, with those of `before` that did not change as the very same objects. */
export function makeItems(parts: ItemParts, before: ReadonlyMap<string, TimelineItem>): TimelineItem[] {
  const acts = actsBySeq(parts.asked);
  const items: TimelineItem[] = [];
  for (const message of parts.messages) {
    if (message.kind === 'hidden' || message.kind === 'gone') continue;
    const act = acts.get(message.seq);
    if (act?.kind === 'hide' && act.error === undefined) continue;
    items.push(messageItem(message, act, parts, before));
  }
  if (parts.atEnd && parts.me !== undefined) {
    for (const asked of parts.asked) if (asked.kind === 'send') items.push(pendingItem(asked, parts.me, before));
  }
  return items;
}

function messageItem(
  message: MessageItem['message'],
  act: PendingAct | undefined,
  parts: ItemParts,
  before: ReadonlyMap<string, TimelineItem>,
): MessageItem {
  const { seq } = message;
  const key = parts.nonceOf(seq) ?? `${seq}`;
  const reEdit = 'recalled' in message && parts.canReEdit(seq);
  const old = before.get(key);
  if (old?.kind === 'message' && old.message === message && old.reEdit === reEdit && sameAct(old.act, act)) return old;
  const mine = message.author === parts.me;
  return { kind: 'message', key, seq, message, mine, reEdit, ...(act === undefined ? {} : { act }) };
}

function pendingItem(
  asked: Extract<OutboxItem, { kind: 'send' }>,
  author: UserId,
  before: ReadonlyMap<string, TimelineItem>,
): PendingItem {
  const { nonce, text, at, state, error } = asked;
  const old = before.get(nonce);
  if (old?.kind === 'pending' && old.state === state && old.error === error && old.text === text) return old;
  return { kind: 'pending', key: nonce, nonce, author, text, at, state, ...(error === undefined ? {} : { error }) };
}

/** The newest act on each message: what one asked last is what one wants. */
function actsBySeq(asked: readonly OutboxItem[]): Map<number, PendingAct> {
  const acts = new Map<number, PendingAct>();
  for (const each of asked) {
    if (each.kind === 'send' || each.kind === 'read') continue;
    const { id, kind, seq, error } = each;
    acts.set(seq, {
      id,
      kind,
      ...(each.kind === 'edit' ? { text: each.text } : {}),
      ...(error === undefined ? {} : { error }),
    });
  }
  return acts;
}

function sameAct(a: PendingAct | undefined, b: PendingAct | undefined): boolean {
  return a?.id === b?.id && a?.text === b?.text && a?.error === b?.error;
}

/** The first message of somebody else after a seq. */
export function firstAfter(items: readonly TimelineItem[], seq: number): number | undefined {
  for (const item of items) {
    if (item.kind === 'message' && item.seq > seq && item.message.kind === 'text' && !item.mine) return item.seq;
  }
  return undefined;
}
