/** Where an address leads nowhere. */
export const missing = {
  title: 'Nothing here',
  text: 'The address is wrong, or what was here is gone.',
  act: 'Back to the rooms',
};
