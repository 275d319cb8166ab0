export const notice = {
  inRoom: (author: string, room: string) => `${author} in ${room}`,
  hidden: 'New message',
  added: (room: string) => `You were added to ${room}`,
  open: 'Open',
};
