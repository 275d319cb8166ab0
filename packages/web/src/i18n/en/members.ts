import { counting } from '../counting.ts';

const { form } = counting('en');

export const members = {
  title: 'Members',
  count: (count: number) => form(count, { one: '# member', other: '# members' }),
  find: 'Find a member',
  none: 'Nobody here has a name that begins like that.',
  add: 'Add people',
  addTitle: (room: string) => `Add people to ${room}`,
  addAct: 'Add',
  people: 'People',
  added: (names: string) => `Added ${names}`,
  alreadyIn: 'already in',
  roles: { owner: 'Owner', admin: 'Admin', member: 'Member' },
  you: 'you',
  disabled: 'disabled',
  menu: (name: string) => `Actions for ${name}`,
  talk: 'Send a direct message',
  makeOwner: 'Make owner',
  makeAdmin: 'Make admin',
  makeMember: 'Make member',
  remove: 'Remove from the room',
  removeTitle: (name: string) => `Remove ${name} from the room?`,
  removeText: 'From this moment on they see nothing more of it.',
  removeAct: 'Remove',
  more: 'Show more',
};
