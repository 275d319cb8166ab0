import type { Message } from '@rill/protocol';
import type { FailureCode } from '../error.ts';
import type { KeptEntry } from '../store.ts';

/** Refusals that may only mean that an earlier try was done, and its answer lost. */
export function mayBeDone({ asked }: KeptEntry, code: FailureCode): boolean {
  if (asked.kind === 'edit') return code === 'moved_on';
  return (asked.kind === 'recall' || asked.kind === 'remove') && code === 'message_gone';
}

/** Whether the message is as was asked. */
export function isDone({ asked }: KeptEntry, message: Message): boolean {
  switch (asked.kind) {
    case 'edit':
      return 'text' in message && message.text === asked.text;
    // Whichever of the two it was, its text is gone, as was asked.
    case 'recall':
    case 'remove':
      return 'recalled' in message || 'removed' in message;
    case 'hide':
      return message.kind === 'hidden';
    default:
      return false;
  }
}
