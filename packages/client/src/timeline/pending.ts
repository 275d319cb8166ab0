import type { UserId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import type { PendingItem } from '../api/timeline.ts';

/** One's own messages that are not in the log yet, in order; those of `before` that did not change as the same objects. */
export function pendingItems(
  asked: readonly OutboxItem[],
  author: UserId | undefined,
  before: readonly PendingItem[],
): readonly PendingItem[] {
  if (author === undefined) return [];
  return asked.flatMap((each) => {
    if (each.kind !== 'send') return [];
    const { nonce, text, at, state, error, offline, untried } = each;
    const old = before.find((item) => item.nonce === nonce);
    if (
      old !== undefined &&
      old.state === state &&
      old.error === error &&
      old.offline === offline &&
      old.untried === untried &&
      old.author === author
    )
      return [old];
    return [
      {
        kind: 'pending',
        key: nonce,
        nonce,
        author,
        text,
        at,
        state,
        ...(error === undefined ? {} : { error }),
        ...(offline === undefined ? {} : { offline }),
        ...(untried === undefined ? {} : { untried }),
      },
    ];
  });
}
