import type { Message, Room, UserId } from '@rill/protocol';
import { isReadable, isRecalled, isRemoved } from '@rill/protocol/message';
import type { Times } from '../../i18n/times.ts';
import type { Words } from '../../i18n/words.ts';
import { shortened } from '../../model/names.ts';
import { noteWords } from '../../model/notes.ts';

/** Who reads, and in which language. */
interface Reader {
  readonly me: UserId;
  readonly words: Words;
  readonly times: Pick<Times, 'span'>;
  readonly name: (id: UserId) => string;
}

/** The room's last message as one line, from its reader's side. Empty where there is nothing to say. */
export function lastLine(room: Room, reader: Reader): string {
  const { last } = room;
  const { me, words, name } = reader;
  if (last === undefined) return words.rooms.noMessages;
  if (!isReadable(last)) return happened(last, reader);
  const text = last.text.replace(/\s+/gu, ' ').trim().slice(0, 200);
  if (last.author === me) return words.rooms.saidBy(words.rooms.you) + text;
  // In a conversation of two it is clear who speaks.
  return room.kind === 'direct' && (room.people?.length ?? 0) <= 2
    ? text
    : words.rooms.saidBy(shortened(name(last.author))) + text;
}

/** What is no text is told as the conversation tells it. */
function happened(message: Message, { me, words, times, name }: Reader): string {
  const { recalled, removed } = words.timeline;
  if (isRecalled(message)) {
    const { by } = message.recalled;
    return by === me ? recalled.mine : recalled.other(name(by));
  }
  if (isRemoved(message)) {
    const { by } = message.removed;
    return by === me ? removed.mine : removed.other(name(by));
  }
  if (message.kind === 'system') return noteWords(message, me, words, times, name);
  return message.kind === 'hidden' ? words.rooms.hidden : '';
}
