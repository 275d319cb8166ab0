import { WebSocket } from 'ws';
import type { Carrier, Ears, Where } from './carrier.ts';

/** A WebSocket. */
export function openSocket({ url }: Where, ears: Ears): Carrier {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, {
    perMessageDeflate: false,
    handshakeTimeout: 8_000,
  });
  socket.on('error', () => socket.terminate());
  socket.on('open', () => ears.opened());
  socket.on('message', (data) => ears.heard(String(data)));
  socket.on('close', () => ears.closed());
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send: (frame) => socket.send(JSON.stringify(frame)),
    pause(ms) {
      socket.pause();
      setTimeout(() => socket.resume(), ms);
    },
    drop: () => socket.terminate(),
  };
}
