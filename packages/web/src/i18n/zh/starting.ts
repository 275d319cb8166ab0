import { counting } from '../counting.ts';
import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

const { number } = counting('zh-CN');

export const starting: LaterWords['starting'] = {
  none: { title: '还没有房间', text: '找一个公开房间、新建一个，或者给谁发条消息。' },
  pick: { title: '选择一个会话', text: '从左侧选择，或用快捷键前往任何地方。' },
  menu: { newRoom: '新建房间', newDirect: '发起私聊', explore: '查找公开房间' },
  create: {
    title: '新建房间',
    name: '名称',
    topic: '话题',
    topicHint: '一句话说明它是做什么的，也可以以后再写。',
    kind: '谁能进来',
    open: '公开',
    openHint: '服务器上的所有人都能找到并加入。',
    closed: '私密',
    closedHint: '只有被添加的人能进来，其他人不知道它存在。',
    people: '添加成员',
    act: '创建房间',
  },
  start: {
    title: '发起私聊',
    hint: '选一个人，或者几个人的小群。人员相同时，始终是同一个会话。',
    people: '发给',
    act: '开始聊天',
  },
  pickPeople: {
    placeholder: '输入名字',
    none: '没有找到这个人',
    remove: (name) => spaced`移除${name}`,
    picked: (names) => (names.length === 0 ? '尚未选择' : `已选择：${names.join('、')}`),
    found: (count) => `找到 ${number(count)} 人`,
  },
  explore: {
    title: '公开房间',
    search: '按名称或话题查找',
    join: '加入',
    go: '打开',
    empty: '还没有公开房间。',
    none: '没有这样的公开房间',
    more: '显示更多',
  },
  firstRoom: { title: '服务器已经运行', text: '邀请别人：生成链接发给对方，就可以开始聊了。', act: '邀请成员' },
};
