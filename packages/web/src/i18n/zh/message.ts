import type { LaterWords } from '../words.ts';
import { spaced } from './spaced.ts';

export const message: LaterWords['message'] = {
  imported: (name, by) => spaced`原作者${name}，由${by}导入`,
  olderFailed: '更早的消息未能加载。',
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
  edit: {
    label: '编辑消息',
    save: '保存',
    hint: '按 Enter 保存，Esc 取消',
    empty: '内容为空，无法保存。按 Esc 取消；如需收回，请在菜单中撤回或删除。',
  },
  removeDialog: {
    title: '为所有人移除这条消息？',
    text: '内容会立即消失，只留下一行“已移除”的提示。',
    reason: '原因（所有人可见）',
    act: '移除',
  },
  hideDialog: {
    title: '仅为我删除这条消息？',
    text: '你的所有设备上都不再显示，其他人仍然能看到。',
    act: '仅为我删除',
  },
  history: { title: '之前的版本', original: '最初发送的内容', version: (when) => spaced`编辑于${when}` },
  signs: {
    sending: '发送中…',
    waiting: '等待网络',
    failed: (why) => `未发送。${why}`,
    retry: '重新发送',
    discard: '放弃',
    actFailed: {
      edit: (why) => `编辑未生效。${why}`,
      recall: (why) => `没有撤回。${why}`,
      hide: (why) => `没有删除。${why}`,
      remove: (why) => `没有移除。${why}`,
    },
    dismiss: '知道了',
    keepEdit: '继续编辑',
  },
};
