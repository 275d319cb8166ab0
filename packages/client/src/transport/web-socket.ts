import type { Line, LineListener } from '../transport.ts';

/** Where a server's lines begin. */
export const liveAddress = (url: string): string => `${url.replace(/\/+$/, '').replace(/^http/, 'ws')}/api/v1/live`;

/** A line over a WebSocket. */
export function openWebSocket(Socket: typeof WebSocket, url: string, listener: LineListener): Line {
  let over = false;
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    listener.closed(code, reason);
  };
  const socket = new Socket(url);
  socket.onopen = () => {
    if (!over) listener.opened();
  };
  socket.onmessage = (message: MessageEvent) => {
    if (!over && typeof message.data === 'string') listener.received(message.data);
  };
  socket.onclose = (close) => end(close.code, close.reason);
  // An error is always followed by a close that says more.
  socket.onerror = () => {};
  return {
    send: (text) => {
      if (socket.readyState === Socket.OPEN) socket.send(text);
    },
    close: () => {
      // The browser waits up to a minute for the other side of a broken line to agree.
      end(1006, '');
      socket.close();
    },
  };
}
