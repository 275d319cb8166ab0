import { counting } from '../counting.ts';

const { form } = counting('en');

export const room = {
  members: (count: number) => form(count, { one: '# member', other: '# members' }),
  showMembers: 'Members',
  find: 'Find in this room',
  settings: 'Room settings',
  absent: {
    title: 'This room is not here',
    text: 'It does not exist, or you are not a member. If you were removed, an owner of the room can add you again.',
    act: 'Back to the rooms',
  },
  kinds: { open: 'Open room', closed: 'Closed room', direct: 'Direct conversation' },
  presence: { online: 'Online', away: 'Away', lastSeen: (when: string) => `Last seen: ${when}` },
};
