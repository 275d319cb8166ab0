import type { OutboxItem } from '../api/outbox.ts';
import type { Asking } from '../connection.ts';
import { RillError } from '../error.ts';
import type { KeptEntry } from '../store.ts';

/**
 * waiting: for the line, its turn, or a moment; `untried` as long as it certainly was never asked · sending: asked, not
 * answered · sent: answered, its event not seen yet.
 */
export type EntryLife =
  | { readonly name: 'waiting'; readonly untried?: true }
  | { readonly name: 'sending' }
  | { readonly name: 'sent'; readonly rev: number }
  | { readonly name: 'failed'; readonly error: RillError };

/** Something asked, with how far it is. Immutable. */
export interface Entry {
  readonly kept: KeptEntry;
  readonly life: EntryLife;
}

/** An entry as the device kept it. */
export function entryOf(kept: KeptEntry): Entry {
  const { failure } = kept;
  if (failure === undefined) return { kept, life: { name: 'waiting' } };
  return { kept, life: { name: 'failed', error: new RillError(failure.code, failure) } };
}

/** The same, refused: also for the device. */
export function failed(kept: KeptEntry, error: RillError): Entry {
  const { code, status, detail } = error;
  const failure = { code, status, ...(detail === undefined ? {} : { detail }) };
  return { kept: { ...kept, failure }, life: { name: 'failed', error } };
}

/** The same, to be tried (again). */
export function waiting(entry: Entry): Entry {
  const { failure: _, offline: __, ...kept } = entry.kept;
  return { kept, life: { name: 'waiting' } };
}

/** The same edit on top of a newer text of the message, which is one's own too. */
export function onTopOf(done: KeptEntry, rev: number, { kept, life }: Entry): Entry | undefined {
  if (done.asked.kind !== 'edit' || kept.asked.kind !== 'edit' || life.name !== 'waiting') return undefined;
  if (kept.room !== done.room || kept.asked.seq !== done.asked.seq) return undefined;
  return { kept: { ...kept, asked: { ...kept.asked, rev } }, life };
}

export function itemOf(entry: Entry): OutboxItem {
  const { id, room, at, offline, asked } = entry.kept;
  const { life } = entry;
  return {
    id,
    room,
    at,
    state: life.name,
    ...(life.name === 'failed' ? { error: life.error } : {}),
    ...(offline === undefined ? {} : { offline }),
    ...(life.name === 'waiting' && life.untried ? { untried: true } : {}),
    ...asked,
  };
}

/** The frame that asks for it. */
export function frameOf({ room, asked }: KeptEntry): Asking {
  switch (asked.kind) {
    case 'send':
      return { type: 'send', room, nonce: asked.nonce, text: asked.text };
    case 'edit':
      return {
        type: 'edit',
        room,
        seq: asked.seq,
        text: asked.text,
        ...(asked.rev === undefined ? {} : { rev: asked.rev }),
      };
    case 'remove':
      return { type: 'remove', room, seq: asked.seq, ...(asked.reason === undefined ? {} : { reason: asked.reason }) };
    case 'recall':
      return { type: 'recall', room, seq: asked.seq };
    case 'hide':
      return { type: 'hide', room, seq: asked.seq };
    case 'read':
      return { type: 'read', room, seq: asked.seq };
  }
}
