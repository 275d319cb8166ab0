import type { Message, RecalledMessage, RemovedMessage, TextMessage } from './message.ts';

/** Whether the message's words can be read here and now. */
export function isReadable(message: Message): message is TextMessage {
  return message.kind === 'text' && 'text' in message;
}

/** Whether it was recalled by its author. */
export function isRecalled(message: Message): message is RecalledMessage {
  return message.kind === 'text' && 'recalled' in message;
}

/** Whether a moderator took it away. */
export function isRemoved(message: Message): message is RemovedMessage {
  return message.kind === 'text' && 'removed' in message;
}
