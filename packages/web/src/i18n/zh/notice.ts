import type { LaterWords } from '../words.ts';

export const notice: LaterWords['notice'] = {
  inRoom: (author, room) => `${author}（${room}）`,
  hidden: '新消息',
  added: (room) => `你被添加到“${room}”`,
  open: '打开',
};
