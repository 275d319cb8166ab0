import type { LaterWords } from '../words.ts';

export const line: LaterWords['line'] = {
  offline: '当前没有网络。写下的内容会保存，恢复后自动发送。',
  connecting: '正在连接…',
  waiting: (seconds) => `连接已断开，${seconds} 秒后重试。`,
  refused: '页面版本已过旧，请刷新页面。',
};
