import { counting } from '../counting.ts';

const { form, list } = counting('en');

export const composer = {
  label: (room: string) => `Message to ${room}`,
  placeholder: (room: string) => `Message ${room}`,
  send: 'Send',
  archived: 'This room is archived: it can be read, not changed.',
  left: (count: number) => form(count, { one: '# character left', other: '# characters left' }),
  tooLong: (count: number) => form(count, { one: '# character too long', other: '# characters too long' }),
  typing: (names: readonly string[]) =>
    names.length === 1
      ? `${names[0]} is writing …`
      : names.length < 4
        ? `${list(names)} are writing …`
        : 'Several people are writing …',
  complete: { label: 'Suggestions' },
};
