import type { Message, Room, UserId } from '@rill/protocol';
import { isReadable, isRecalled, isRemoved } from '@rill/protocol/message';
import type { Words } from '../../i18n/words.ts';

/** The room's last message as one line, from its reader's side. Empty where there is nothing to say. */
export function lastLine(room: Room, me: UserId, words: Words, name: (id: UserId) => string): string {
  const { last } = room;
  if (last === undefined) return words.rooms.noMessages;
  const what = saidIn(last, words);
  if (what === undefined) return '';
  if (!('author' in last) || last.kind === 'system') return what;
  if (last.author === me) return `${words.rooms.you} ${what}`;
  // In a conversation of two it is clear who speaks.
  return room.kind === 'direct' && (room.people?.length ?? 0) <= 2 ? what : `${name(last.author)}: ${what}`;
}

function saidIn(message: Message, words: Words): string | undefined {
  if (isReadable(message)) return message.text.replace(/\s+/gu, ' ').trim().slice(0, 200);
  if (isRecalled(message)) return words.rooms.recalled;
  if (isRemoved(message)) return words.rooms.removed;
  if (message.kind === 'hidden') return words.rooms.hidden;
  return message.kind === 'system' ? words.rooms.system : undefined;
}
