import { counting } from '../counting.ts';

const { form } = counting('en');

export const room = {
  members: (count: number) => form(count, { one: '# member', other: '# members' }),
  showMembers: 'Members',
  settings: 'Room settings',
  absent: {
    title: 'This room is not here',
    text: 'It does not exist, or you are not a member. If you were removed, an owner of the room can add you again.',
    act: 'Back to the rooms',
  },
  edit: {
    name: 'Name',
    topic: 'Topic',
    recall: 'Recall within',
    recallHint: 'For this long after sending, an author can take a message back for everybody.',
    never: 'Never',
    always: 'A year',
    history: 'What new members see',
    historyAll: 'The whole history',
    historyJoined: 'Messages sent after they join',
    save: 'Save',
    saved: 'Room saved',
  },
  notifications: {
    title: 'Notifications',
    everything: 'All messages',
    everythingHint: 'Every message counts as unread and notifies.',
    mentions: 'Only mentions',
    mentionsHint: 'Messages count as unread; only those that mention you notify.',
    nothing: 'Mute',
    nothingHint: 'No notifications, and nothing added to the unread total.',
  },
  leave: {
    act: 'Leave room',
    title: (name: string) => `Leave ${name}?`,
    open: 'You can join again at any time.',
    closed: 'To come back, somebody has to add you again.',
    direct: 'You will no longer see this conversation.',
  },
  archive: {
    act: 'Archive room',
    title: (name: string) => `Archive ${name}?`,
    text: 'It becomes read-only and leaves the list of open rooms. You can restore it later.',
    restore: 'Restore room',
  },
  kinds: { open: 'Open room', closed: 'Closed room', direct: 'Direct conversation' },
  presence: { online: 'Online', away: 'Away', lastSeen: (when: string) => `Last seen: ${when}` },
  readOnly: 'Only owners and admins can change these.',
};
