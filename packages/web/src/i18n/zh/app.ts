import type { Words } from '../words.ts';

export const app: Words['app'] = {
  name: 'Rill',
  close: '关闭',
  cancel: '取消',
  copied: '已复制',
  back: '返回',
  retry: '重试',
  more: '更多',
  loading: '正在加载',
  skipToConversation: '跳到会话',
  areas: { rooms: '房间', conversation: '会话', panel: '详情' },
  tryNow: '立即重试',
  reload: '刷新',
  places: { settings: '设置', administration: '管理' },
  update: { ready: '有新版本可用。', act: '更新' },
  broken: { title: '这里出错了', text: '你写的内容已保存，重新加载页面通常可以恢复。' },
  partMissing: { title: '这部分未能加载', text: '网络可能已断开，恢复后请重试。' },
  noServer: { title: '服务器没有响应', text: '服务器可能正在启动，或网络已断开。页面会自动重试。' },
};
