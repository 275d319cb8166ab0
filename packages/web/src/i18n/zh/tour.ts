import type { LaterWords } from '../words.ts';

export const tour: LaterWords['tour'] = {
  title: '三件小事',
  steps: (command) => [
    `按 ${command} K 可以前往任何房间、联系人或操作，输入几个字即可，支持拼音首字母。`,
    '在消息上点右键或长按，可以编辑、撤回或删除。',
    '默认不打扰你：提示音和通知可在设置中开启。',
  ],
  done: '知道了',
};
