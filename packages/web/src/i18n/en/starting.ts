import { counting } from '../counting.ts';

const { form, list } = counting('en');

export const starting = {
  none: { title: 'No rooms yet', text: 'Find an open room, make one, or write to somebody.' },
  pick: { title: 'Pick a conversation', text: 'Choose one on the left, or jump anywhere from the keyboard.' },
  menu: { newRoom: 'New room', newDirect: 'New direct conversation', explore: 'Find open rooms' },
  create: {
    title: 'New room',
    name: 'Name',
    topic: 'Topic',
    topicHint: 'One line about what it is for. You can add it later.',
    kind: 'Who can join',
    open: 'Open',
    openHint: 'Everybody on this server can find it and join.',
    closed: 'Closed',
    closedHint: 'Only people who are added. Nobody else knows it exists.',
    people: 'Add people',
    act: 'Create room',
  },
  start: {
    title: 'New direct conversation',
    hint: 'With one person, or a small group. The same people always meet in the same conversation.',
    people: 'To',
    act: 'Start talking',
  },
  pickPeople: {
    placeholder: 'Type a name',
    none: 'Nobody found',
    remove: (name: string) => `Remove ${name}`,
    picked: (names: readonly string[]) => (names.length === 0 ? 'Nobody chosen' : `Chosen: ${list(names)}`),
    found: (count: number) => form(count, { one: '# person found', other: '# people found' }),
  },
  explore: {
    title: 'Open rooms',
    search: 'Search by name or topic',
    join: 'Join',
    go: 'Open',
    empty: 'No open rooms yet.',
    none: 'No open room matches.',
    more: 'Show more',
  },
  firstRoom: {
    title: 'Your server is running',
    text: 'Invite somebody: make a link, send it, and you are talking.',
    act: 'Invite people',
  },
};
