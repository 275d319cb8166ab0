import type { SystemMessage, UserId } from '@rill/protocol';
import type { Times } from '../i18n/times.ts';
import type { Words } from '../i18n/words.ts';

/** So many are named at most; of more the first few, and how many there are: five hundred names fill screens. */
const NAMED_AT_MOST = 5;
const NAMED_OF_MORE = 3;

/** What happened to the room, as a sentence in the reader's language. `told`: whom it tells of, where that is several. */
export function noteWords(
  message: SystemMessage,
  me: UserId,
  words: Words,
  times: Pick<Times, 'span'>,
  name: (id: UserId) => string,
  told?: readonly UserId[],
): string {
  const { notes, quoted, roles, you, youObject } = words.timeline;
  const whoever = (id: UserId) => (id === me ? you : quoted(name(id)));
  const who = whoever(message.author);
  const whom = (id: UserId) => (id === me ? youObject : quoted(name(id)));
  const { note } = message;
  const several = (ids: readonly UserId[], say: (id: UserId, at: number) => string) =>
    ids.length > NAMED_AT_MOST
      ? words.rooms.crowd(ids.slice(0, NAMED_OF_MORE).map(say), ids.length)
      : words.rooms.people(ids.map(say));
  switch (note.code) {
    case 'room.renamed':
      return notes['room.renamed'](who, note.name);
    case 'room.topic':
      return notes['room.topic'](who, note.topic);
    case 'room.recall':
      return note.seconds === 0 ? notes['room.recallNever'](who) : notes['room.recall'](who, times.span(note.seconds));
    case 'member.added':
    case 'member.removed':
      return notes[note.code](who, told === undefined ? whom(note.user) : several(told, whom));
    case 'member.role':
      return notes['member.role'](who, whom(note.user), roles[note.role]);
    case 'member.joined':
    case 'member.left':
      return notes[note.code](told === undefined ? who : several(told, (id, at) => (at === 0 ? whoever : whom)(id)));
    case 'room.created':
    case 'room.archived':
    case 'room.restored':
      return notes[note.code](who);
  }
}
