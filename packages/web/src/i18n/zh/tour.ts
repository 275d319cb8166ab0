import type { LaterWords } from '../words.ts';

export const tour: LaterWords['tour'] = {
  title: '三件小事',
  findByKey: (keys) => `按 ${keys}，输入几个字或拼音首字母，就能去任何房间、找任何人。`,
  find: '点放大镜，输入几个字或拼音首字母，就能去任何房间、找任何人。',
  point: '右键点一条消息，可以编辑、撤回或删除。',
  press: '长按一条消息，可以编辑、撤回或删除。',
  quiet: '默认不打扰你，提示音和通知可以在设置里开启。',
  done: '知道了',
};
