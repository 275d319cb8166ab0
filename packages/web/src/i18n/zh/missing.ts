import type { LaterWords } from '../words.ts';

export const missing: LaterWords['missing'] = {
  title: '页面不存在',
  text: '地址有误，或内容已被移除。',
  act: '回到房间列表',
};
