import { counting } from '../counting.ts';
import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

const { number } = counting('zh-CN');

export const find: LaterWords['find'] = {
  title: '查找',
  in: (room) => `在“${room}”中查找`,
  everywhere: '在所有房间中查找',
  allRooms: '所有房间',
  hint: '输入一个或多个词，消息须包含每个词。',
  found: (count, more) =>
    count === 0
      ? '这里没有匹配的消息。'
      : more
        ? `最新的 ${number(count)} 条匹配的消息`
        : `${number(count)} 条匹配的消息`,
  searched: (count, since) =>
    since === undefined
      ? '此设备上还没有消息。'
      : spaced`已查找此设备上的 ${number(count)} 条消息，最早到${since}。离线时也可使用。`,
  action: '查找消息',
  typed: (text) => `在消息中查找“${text}”`,
};
