import type { OutboxItem } from '../api/outbox.ts';
import type { PendingAct } from '../api/timeline.ts';

/** The newest act on each message: what one asked last is what one wants. */
export function actsBySeq(asked: readonly OutboxItem[]): Map<number, PendingAct> {
  const acts = new Map<number, PendingAct>();
  for (const each of asked) {
    if (each.kind === 'send' || each.kind === 'read') continue;
    const { id, kind, seq, error, offline } = each;
    const text = each.kind === 'edit' ? { text: each.text } : {};
    acts.set(seq, {
      id,
      kind,
      ...text,
      ...(error === undefined ? {} : { error }),
      ...(offline === undefined ? {} : { offline }),
    });
  }
  return acts;
}

export function sameAct(a: PendingAct | undefined, b: PendingAct | undefined): boolean {
  return a?.id === b?.id && a?.text === b?.text && a?.error === b?.error;
}
