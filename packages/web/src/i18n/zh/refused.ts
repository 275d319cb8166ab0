import { counting } from '../counting.ts';
import type { LaterWords } from '../words.ts';

const { number } = counting('zh-CN');

export const refused: LaterWords['refused'] = {
  banner: (count) => `有 ${number(count)} 项操作没有完成。`,
  show: '查看',
  title: '没有完成的操作',
  in: (room) => `在“${room}”中`,
  open: '前往',
};
