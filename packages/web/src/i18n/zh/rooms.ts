import { counting } from '../counting.ts';
import type { Words } from '../words.ts';

const { number } = counting('zh-CN');

export const rooms: Words['rooms'] = {
  unread: (count) => `${number(count)} 条未读消息`,
  members: (count) => `${number(count)} 位成员`,
  people: (names) => names.join('、'),
  crowd: (names, all) => `${names.join('、')}等 ${number(all)} 人`,
  draft: '[草稿] ',
  saidBy: (who) => `${who}：`,
  you: '我',
  hidden: '已为你删除',
  noMessages: '还没有消息',
  silenced: '免打扰',
  archived: '已归档',
  closed: '私密房间',
  filter: '筛选房间和联系人',
  noMatch: '没有找到',
  find: '前往…',
  add: '新建',
  settings: '设置',
  yourProfile: '（你）',
  unknownPerson: '…',
  alone: '只有你',
};
