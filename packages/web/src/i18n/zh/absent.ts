import type { LaterWords } from '../words.ts';

export const absent: LaterWords['absent'] = {
  title: '无法打开这个房间',
  text: '房间不存在，或者你不是成员。如果是被移出的，可以请房间所有者重新添加你。',
  act: '回到房间列表',
  open: '服务器上的所有人都可以加入这个房间。',
  join: '加入房间',
};
