import { counting } from '../counting.ts';
import type { Words } from '../words.ts';

const { number } = counting('zh-CN');

export const room: Words['room'] = {
  members: (count) => `${number(count)} 位成员`,
  showMembers: '成员',
  find: '在此房间中查找',
  settings: '详情',
  kinds: { open: '公开房间', closed: '私密房间', direct: '私聊' },
  presence: { online: '在线', away: '离开', lastSeen: (when) => `上次在线：${when}` },
};
