import { counting } from '../counting.ts';

const { form } = counting('en');

export const refused = {
  banner: (count: number) =>
    form(count, { one: '# thing you asked for was not done.', other: '# things you asked for were not done.' }),
  show: 'Show',
  title: 'What was not done',
  in: (room: string) => `In ${room}`,
  open: 'Go there',
};
