import { join } from 'node:path';
import type { Peer, Speaker } from '../peer.ts';
import { RawLine } from '../raw-line.ts';
import { startBenchRedis } from '../redis.ts';
import { startChild, stopChild } from './child.ts';

const MESSAGE_BYTES = 200;
const PATH = '/socket.io/?EIO=4&transport=websocket';

/** Socket.IO with @socket.io/redis-streams-adapter, over the same kind of Redis as Rill. */
export const socketIo: Peer = {
  name: 'Socket.IO',
  async start(_rooms, env) {
    const redis = await startBenchRedis();
    const { child, port } = await startChild(join(import.meta.dirname, 'socket-io-server.ts'), {
      REDIS_SOCKET: redis.socket,
      ...env,
    });
    const open = async (wanted: readonly (readonly number[])[]): Promise<RawLine[]> => {
      const lines: RawLine[] = [];
      for (const rooms of wanted) lines.push(await enter(port, rooms));
      return lines;
    };
    return {
      pids: [child.pid ?? 0],
      redisPid: redis.pid(),
      messageBytes: MESSAGE_BYTES,
      listeners: open,
      speakers: async (wanted) => (await open(wanted)).map(speaker),
      async stop() {
        await stopChild(child);
        await redis.stop();
      },
    };
  },
};

/** Opens, connects to the main namespace and joins. Engine.IO's and Socket.IO's packets are text before JSON. */
async function enter(port: number, rooms: readonly number[]): Promise<RawLine> {
  const line = await RawLine.open(port, PATH);
  await new Promise<void>((resolve, reject) => {
    line.onText = (payload) => {
      const text = payload.toString();
      if (text.startsWith('0')) line.text('40');
      else if (text.startsWith('40')) line.text(`420${JSON.stringify(['join', rooms.map(String)])}`);
      else if (text.startsWith('430')) resolve();
      else if (text !== '2') reject(new Error(text));
    };
  });
  line.onText = pinging(line);
  return line;
}

/** The server's pings come as text and have to be answered. */
function pinging(line: RawLine): ((payload: Buffer) => void) | undefined {
  return (payload) => {
    if (payload.length === 1) line.text('3');
  };
}

function speaker(line: RawLine): Speaker {
  const waiting = new Map<number, (seq: number) => void>();
  let ids = 0;
  const pong = pinging(line);
  line.onText = (payload) => {
    if (payload[0] === 0x34 && payload[1] === 0x33) {
      const [, id, seq] = /^43(\d+)\[(\d+)\]/.exec(payload.toString()) ?? [];
      waiting.get(Number(id))?.(Number(seq));
      waiting.delete(Number(id));
    } else pong?.(payload);
  };
  return {
    line,
    say(room, text) {
      ids += 1;
      const id = ids;
      line.text(`42${id}${JSON.stringify(['say', String(room), text])}`);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}
