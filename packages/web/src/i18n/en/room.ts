import { counting } from '../counting.ts';

const { form } = counting('en');

export const room = {
  members: (count: number) => form(count, { one: '# member', other: '# members' }),
  showMembers: 'Members',
  settings: 'Room settings',
  menu: 'About this room',
  absent: {
    title: 'This room is not here',
    text: 'It does not exist, or you are not in it. If you were removed, an owner of the room can add you again.',
    act: 'To the rooms',
  },
  edit: {
    name: 'Name',
    topic: 'Topic',
    recall: 'Time for recalling messages',
    recallHint: 'For so long after sending, authors can take a message back for everybody.',
    never: 'Never',
    always: 'A year',
    history: 'What new members see',
    historyAll: 'Everything that was said',
    historyJoined: 'What is said after they come',
    save: 'Save',
    saved: 'Room saved',
  },
  notifications: {
    title: 'What calls you',
    everything: 'Everything',
    everythingHint: 'Every message counts and notifies.',
    mentions: 'Only when I am named',
    mentionsHint: 'Messages count, and only those that name you notify.',
    nothing: 'Nothing',
    nothingHint: 'The room is silent and adds to no count.',
  },
  leave: {
    act: 'Leave room',
    title: (name: string) => `Leave ${name}?`,
    open: 'You can join again at any time.',
    closed: 'To come back, somebody has to add you again.',
    direct: 'You no longer see this conversation.',
  },
  archive: {
    act: 'Archive room',
    title: (name: string) => `Archive ${name}?`,
    text: 'It can be read and not written to, and nobody finds it in the list of open rooms. You can open it again.',
    restore: 'Open it again',
  },
  kinds: { open: 'Open room', closed: 'Closed room', direct: 'Direct conversation' },
  presence: { online: 'Online', away: 'Away', lastSeen: (when: string) => `Last seen: ${when}` },
  facts: 'About',
  readOnly: 'Only owners and admins change these.',
};
