import type { Words } from '../words.ts';

export const errors: Words['errors'] = {
  unknown: '服务器拒绝了这个操作，当前页面还不认识原因。',
  network: '无法连接服务器。',
  discarded: '已放弃。',
  wait: (seconds) => `请等待 ${seconds} 秒后再试。`,
};
