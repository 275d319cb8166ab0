import { counting } from '../counting.ts';
import type { Words } from '../words.ts';

const { number } = counting('zh-CN');

export const rooms: Words['rooms'] = {
  unread: (count) => `${number(count)} 条未读消息`,
  members: (count) => `${number(count)} 位成员`,
  people: (names) => names.join('、'),
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
  empty: { title: '还没有房间', text: '找一个公开房间、新建一个，或者给谁发条消息。' },
  pick: { title: '选择一个会话', text: '从左侧选择，或用快捷键前往任何地方。' },
  menu: { newRoom: '新建房间', newDirect: '发起私聊', explore: '查找公开房间' },
  unknownPerson: '…',
  alone: '只有你',
};
