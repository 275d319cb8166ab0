import { counting } from '../counting.ts';
import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

const { number } = counting('zh-CN');

export const members: LaterWords['members'] = {
  title: '成员',
  count: (count) => `${number(count)} 位成员`,
  find: '查找成员',
  none: '没有名字这样开头的成员。',
  add: '添加成员',
  addTitle: (room) => `添加成员到“${room}”`,
  addAct: '添加',
  people: '联系人',
  added: (names) => `已添加 ${names}`,
  alreadyIn: '已在房间',
  roles: { owner: '所有者', admin: '管理员', member: '成员' },
  you: '你',
  disabled: '已停用',
  menu: (name) => spaced`${name}：操作`,
  talk: '发起私聊',
  makeOwner: '设为所有者',
  makeAdmin: '设为管理员',
  makeMember: '设为普通成员',
  remove: '移出房间',
  removeTitle: (name) => spaced`将${name}移出房间？`,
  removeText: '从此刻起，对方再也看不到这个房间的任何内容。',
  removeAct: '移出',
  more: '显示更多',
};
