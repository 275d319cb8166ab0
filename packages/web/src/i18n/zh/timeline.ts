import { counting } from '../counting.ts';
import type { Words } from '../words.ts';
import { spaced } from './spaced.ts';

const { number } = counting('zh-CN');

export const timeline: Words['timeline'] = {
  label: (room) => `“${room}”的会话`,
  announcements: '新消息播报',
  unreadLine: '以下是新消息',
  toNewest: '回到最新消息',
  newBelow: (count) => `${number(count)} 条新消息`,
  start: (room) => `“${room}”的会话从这里开始`,
  startJoined: '你可以看到加入之后的消息。',
  loading: '正在加载消息',
  edited: '已编辑',
  editedAt: (when) => spaced`已编辑：${when}，查看之前的版本`,
  recalled: { mine: '你撤回了一条消息', other: (who) => `“${who}”撤回了一条消息`, reEdit: '重新编辑' },
  removed: {
    mine: '你移除了一条消息',
    other: (who) => `“${who}”移除了一条消息`,
    reason: (reason) => `原因：${reason}`,
  },
  quoted: (name) => `“${name}”`,
  notes: {
    'room.created': (who) => `${who}创建了房间`,
    'room.renamed': (who, name) => `${who}将房间命名为“${name}”`,
    'room.topic': (who, topic) => (topic === '' ? `${who}清空了话题` : `${who}将话题设为：${topic}`),
    'room.archived': (who) => `${who}归档了房间`,
    'room.restored': (who) => `${who}恢复了房间`,
    'room.recall': (who, span) => `${who}将撤回时限设为 ${span}`,
    'room.recallNever': (who) => `${who}关闭了撤回`,
    'member.joined': (who) => `${who}加入了房间`,
    'member.added': (who, whom) => `${who}添加了${whom}`,
    'member.left': (who) => `${who}离开了房间`,
    'member.removed': (who, whom) => `${who}将${whom}移出了房间`,
    'member.role': (who, whom, role) => `${who}将${whom}设为${role}`,
  },
  roles: { owner: '所有者', admin: '管理员', member: '普通成员' },
  you: '你',
  youObject: '你',
  gone: '这条消息已不在了。',
  showAll: '展开全文',
  showLess: '收起',
};
