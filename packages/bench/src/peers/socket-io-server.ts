import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { eventOf } from '../payload.ts';

// A Socket.IO 4.8 server as its documentation has it, over the adapter that its documentation recommends.
const redis = new Redis({ path: process.env.REDIS_SOCKET ?? '' });
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  adapter: createAdapter(redis),
});
const seqs = new Map<string, number>();
io.on('connection', (socket) => {
  socket.on('join', async (rooms: string[], done: () => void) => {
    await socket.join(rooms);
    done();
  });
  socket.on('say', (room: string, text: string, done: (seq: number) => void) => {
    const seq = (seqs.get(room) ?? 0) + 1;
    seqs.set(room, seq);
    io.to(room).emit('event', eventOf(room, seq, 'aaaaaaaaaa', text, new Date().toISOString()));
    done(seq);
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
