import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

export const message: LaterWords['message'] = {
  menu: {
    label: (author) => spaced`${author}的消息：操作`,
    edit: '编辑',
    copy: '复制文字',
    link: '复制链接',
    recall: '撤回',
    recallHint: (left) => spaced`剩余${left}`,
    hide: '仅为我删除',
    remove: '为所有人移除',
    history: '之前的版本',
  },
  edit: { label: '编辑消息', save: '保存', hint: '按 Enter 保存，Esc 取消' },
  removeDialog: {
    title: '为所有人移除这条消息？',
    text: '内容会立即消失，只留下一行“已移除”的提示。',
    reason: '原因（所有人可见）',
    act: '移除',
  },
  hideDialog: {
    title: '仅为你删除这条消息？',
    text: '你的所有设备上都不再显示，其他人仍然能看到。',
    act: '仅为我删除',
  },
  history: { title: '之前的版本', original: '最初发送的内容', version: (when) => spaced`编辑于${when}` },
};
