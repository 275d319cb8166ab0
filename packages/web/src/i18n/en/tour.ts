export const tour = {
  title: 'Three things to know',
  findByKey: (keys: string) => `${keys} takes you to any room, person or action: type a few letters.`,
  find: 'The magnifying glass takes you to any room, person or action: type a few letters.',
  point: 'Right-click a message to edit, recall or delete it.',
  press: 'Long-press a message to edit, recall or delete it.',
  quiet: 'It is quiet until you say otherwise: sounds and notifications are in the settings.',
  done: 'Got it',
};
