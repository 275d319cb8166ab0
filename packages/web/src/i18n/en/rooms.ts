import { counting } from '../counting.ts';

const { form, list } = counting('en');

export const rooms = {
  unread: (count: number) => form(count, { one: '# unread message', other: '# unread messages' }),
  members: (count: number) => form(count, { one: '# member', other: '# members' }),
  people: (names: readonly string[]) => list(names),
  /** The first of `all`. */
  crowd: (names: readonly string[], all: number) => list([...names, form(all - names.length, { other: '# others' })]),
  draft: 'Draft: ',
  /** Before a line: who said it. */
  saidBy: (who: string) => `${who}: `,
  you: 'You',
  hidden: 'Message deleted for you',
  noMessages: 'No messages yet',
  silenced: 'Muted',
  archived: 'Archived',
  closed: 'Closed room',
  filter: 'Filter rooms and people',
  noMatch: 'No matches',
  find: 'Go to …',
  add: 'New',
  settings: 'Settings',
  yourProfile: '(you)',
  unknownPerson: '…',
  alone: 'Just you',
};
