import { type WebSocket, WebSocketServer } from 'ws';
import { eventOf } from '../payload.ts';

// A loop over sockets, as tutorials have it: encoded once, sent to each, kept nowhere.
const rooms = new Map<string, Set<WebSocket>>();
const seqs = new Map<string, number>();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { join, room, text, ref } = JSON.parse(String(data)) as {
      join?: string[];
      room: string;
      text: string;
      ref: number;
    };
    if (join !== undefined) {
      for (const each of join) rooms.set(each, (rooms.get(each) ?? new Set()).add(socket));
      socket.send('{"joined":true}');
      return;
    }
    const seq = (seqs.get(room) ?? 0) + 1;
    seqs.set(room, seq);
    const frame = JSON.stringify(eventOf(room, seq, 'aaaaaaaaaa', text, new Date().toISOString()));
    for (const each of rooms.get(room) ?? []) each.send(frame);
    socket.send(JSON.stringify({ ref, seq }));
  });
});
server.on('listening', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
