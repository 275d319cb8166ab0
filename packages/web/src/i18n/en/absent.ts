export const absent = {
  title: 'This room is not here',
  text: 'It does not exist, or you are not a member. If you were removed, an owner of the room can add you again.',
  act: 'Back to the rooms',
  open: 'Everybody on this server may join this room.',
  join: 'Join room',
};
