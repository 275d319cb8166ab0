import { counting } from '../counting.ts';
import type { Words } from '../words.ts';

const { number } = counting('zh-CN');

export const composer: Words['composer'] = {
  label: (room) => `发到“${room}”的消息`,
  placeholder: (room) => `发消息到 ${room}`,
  send: '发送',
  archived: '房间已归档，只能查看。',
  left: (count) => `还可输入 ${number(count)} 字`,
  tooLong: (count) => `超出 ${number(count)} 字`,
  typing: (names) => (names.length < 4 ? `${names.join('、')} 正在输入…` : '多人正在输入…'),
  complete: { label: '候选' },
};
