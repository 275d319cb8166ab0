export const tour = {
  title: 'Three things to know',
  steps: (command: string) => [
    `${command} K goes to any room, person or action: type a few letters.`,
    'A right click or a long press on a message shows what can be done with it: edit, recall, delete.',
    'Nothing calls you until you ask for it: sounds and notifications are in the settings.',
  ],
  done: 'Understood',
};
