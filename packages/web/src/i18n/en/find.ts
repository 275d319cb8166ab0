import { counting } from '../counting.ts';

const { form } = counting('en');

export const find = {
  title: 'Find',
  in: (room: string) => `Find in ${room}`,
  everywhere: 'Find in all rooms',
  allRooms: 'In all rooms',
  hint: 'Type a word or several: each must be in the message.',
  found: (count: number, more: boolean) =>
    count === 0
      ? 'Nothing of this is here.'
      : more
        ? `The newest ${count} messages found`
        : form(count, { one: '# message found', other: '# messages found' }),
  searched: (count: number, since: string | undefined) =>
    since === undefined
      ? 'This device has no messages yet.'
      : form(count, {
          one: `Looked through the message that this device has, of ${since}. It works offline too.`,
          other: `Looked through the # messages that this device has, back to ${since}. It works offline too.`,
        }),
  action: 'Find in messages',
  typed: (text: string) => `Find “${text}” in messages`,
};
