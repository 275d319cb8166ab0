import { counting } from '../counting.ts';

const { form } = counting('en');

export const timeline = {
  label: (room: string) => `Conversation in ${room}`,
  announcements: 'New messages, read out',
  unreadLine: 'New',
  toNewest: 'To the newest message',
  newBelow: (count: number) => form(count, { one: '# new message', other: '# new messages' }),
  start: (room: string) => `This is the beginning of ${room}`,
  startJoined: 'You see what was said since you joined.',
  loading: 'Loading messages',
  edited: 'edited',
  editedAt: (when: string) => `Edited ${when}. Show earlier versions`,
  recalled: {
    mine: 'You recalled a message',
    other: (who: string) => `${who} recalled a message`,
    reEdit: 'Edit again',
  },
  removed: {
    mine: 'You removed a message',
    other: (who: string) => `${who} removed a message`,
    reason: (reason: string) => `Reason: ${reason}`,
  },
  /** A name in a sentence of `notes`, where one could not tell where it ends: anybody may be called as a sentence goes on. */
  quoted: (name: string) => name,
  notes: {
    'room.created': (who: string) => `${who} created this room`,
    'room.renamed': (who: string, name: string) => `${who} named the room “${name}”`,
    'room.topic': (who: string, topic: string) =>
      topic === '' ? `${who} cleared the topic` : `${who} set the topic: ${topic}`,
    'room.archived': (who: string) => `${who} archived the room`,
    'room.restored': (who: string) => `${who} restored the room`,
    'room.recall': (who: string, span: string) => `${who} set the time for recalling messages to ${span}`,
    'room.recallNever': (who: string) => `${who} switched recalling messages off`,
    'member.joined': (who: string) => `${who} joined`,
    'member.added': (who: string, whom: string) => `${who} added ${whom}`,
    'member.left': (who: string) => `${who} left`,
    'member.removed': (who: string, whom: string) => `${who} removed ${whom}`,
    'member.role': (who: string, whom: string, role: string) => `${who} made ${whom} ${role}`,
  },
  roles: { owner: 'an owner', admin: 'an admin', member: 'a member' },
  you: 'You',
  youObject: 'you',
  gone: 'This message is no longer here.',
  showAll: 'Show more',
  showLess: 'Show less',
};
