import { counting } from '../counting.ts';

const { form } = counting('en');

export const room = {
  members: (count: number) => form(count, { one: '# member', other: '# members' }),
  showMembers: 'Members',
  find: 'Find in this room',
  settings: 'Details',
  kinds: { open: 'Open room', closed: 'Closed room', direct: 'Direct conversation' },
  presence: { online: 'Online', away: 'Away', lastSeen: (when: string) => `Last seen: ${when}` },
};
