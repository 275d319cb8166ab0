import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

export const details: LaterWords['details'] = {
  edit: {
    name: '名称',
    topic: '话题',
    recall: '撤回时限',
    recallHint: '发送后在这段时间内，作者可以为所有人撤回消息。',
    never: '不可撤回',
    always: '一年',
    history: '新成员能看到',
    historyAll: '全部历史消息',
    historyJoined: '加入之后的消息',
    save: '保存',
    saved: '房间设置已保存',
  },
  direct: '会话设置',
  notifications: {
    title: '消息提醒',
    everything: '全部消息',
    everythingHint: '每条消息都计入未读并提醒。',
    mentions: '仅提到我时',
    mentionsHint: '消息计入未读，只有提到你的才提醒。',
    nothing: '免打扰',
    nothingHint: '不提醒，也不计入总未读数。',
  },
  leave: {
    act: '离开房间',
    title: (name) => spaced`离开“${name}”？`,
    open: '之后可以随时重新加入。',
    closed: '想回来需要别人重新添加你。',
    alone: '这里只有你一个人：离开后房间会被归档，谁也不能再进入或查看。',
  },
  aside: { act: '从列表移除', done: '已从列表移除，有新消息时会再次出现。' },
  archive: {
    act: '归档房间',
    title: (name) => spaced`归档“${name}”？`,
    text: '归档后只能查看、不能发言，也不再出现在公开房间列表中。之后可以恢复。',
    restore: '恢复房间',
  },
  readOnly: '只有所有者和管理员可以修改。',
};
