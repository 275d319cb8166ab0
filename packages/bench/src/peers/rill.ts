import { randomBytes } from 'node:crypto';
import { type Person, register, startServerProcess } from '@rill/harness';
import type { Cursor, Room } from '@rill/protocol';
import type { Peer, RunningPeer, Speaker } from '../peer.ts';
import { pin } from '../processes.ts';
import { RawLine } from '../raw-line.ts';
import { startBenchRedis } from '../redis.ts';

/** The default limit of sockets a user. */
export const SOCKETS_A_USER = 20;
const MESSAGE_BYTES = 200;
const PATH = '/api/v1/live';

/** Off: what keeps one person from taking more than a share is not what is measured. */
export const OPEN_LIMITS = {
  LOG_LEVEL: 'error',
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
  LIMIT_PENDING_SOCKETS_PER_ADDRESS: '100000',
  LIMIT_REQUESTS_PER_MINUTE: '100000000',
};

export interface RunningRill extends RunningPeer {
  readonly redisUrl: string;
  readonly owner: Person;
  readonly rooms: readonly Room[];
}

interface RillPeer extends Peer {
  start(rooms: number, env?: Record<string, string>): Promise<RunningRill>;
}

/** Rill over a Redis of its own with `appendfsync always`; its sockets are on the nodes by turns. */
export function rill({ nodes = 1 } = {}): RillPeer {
  return {
    name: 'Rill',
    async start(count, more) {
      const redis = await startBenchRedis();
      const env = { ...OPEN_LIMITS, REDIS_URL: redis.url, SECRET: randomBytes(32).toString('hex'), ...more };
      const first = await startServerProcess({ env });
      const servers = [first];
      while (servers.length < nodes) servers.push(await startServerProcess({ env }));
      const ports = servers.map(({ url }) => Number(new URL(url).port));
      const owner = await register(first.url, { username: 'owner', code: first.ownerCode });
      const rooms: Room[] = [];
      for (let at = 0; at < count; at += 1) rooms.push(await owner.makeRoom({ kind: 'open', name: `room ${at}` }));
      for (const [at, server] of servers.entries()) pin(server.pid(), at % 2 === 0 ? 'server' : 'load');

      let people = 0;
      let sockets = 0;
      /** As many people as the sockets need: sockets with the same rooms, one after the other, are one person's. */
      async function open(wanted: readonly (readonly number[])[]): Promise<RawLine[]> {
        const lines: RawLine[] = [];
        for (const some of groups(wanted)) {
          people += 1;
          const person = await register(owner.url, { username: `person${people}` });
          const own = new Set(some[0]);
          await Promise.all([...own].map((room) => person.put(`/rooms/${rooms[room]?.id}/members/me`)));
          for (const _ of some) {
            lines.push(await hello(ports[sockets % nodes] ?? 0, person.token));
            sockets += 1;
          }
        }
        return lines;
      }

      return {
        redisUrl: redis.url,
        owner,
        rooms,
        pids: servers.map((server) => server.pid()),
        redisPid: redis.pid(),
        messageBytes: MESSAGE_BYTES,
        listeners: open,
        async speakers(wanted) {
          const ids = rooms.map(({ id }) => id);
          return (await open(wanted)).map((line) => speaker(line, ids));
        },
        async stop() {
          for (const server of servers) {
            await server.kill();
            await server.stop();
          }
          await redis.stop();
        },
      };
    },
  };
}

function groups(wanted: readonly (readonly number[])[]): (readonly number[])[][] {
  const all: (readonly number[])[][] = [];
  for (const rooms of wanted) {
    const last = all.at(-1);
    if (last === undefined || last.length === SOCKETS_A_USER || String(last[0]) !== String(rooms)) all.push([rooms]);
    else last.push(rooms);
  }
  return all;
}

/** A socket that was welcomed; with cursors, replays follow. */
export async function hello(
  port: number,
  token: string,
  rooms?: Record<string, Cursor>,
  onLine?: (line: RawLine) => void,
): Promise<RawLine> {
  const line = await RawLine.open(port, PATH);
  onLine?.(line);
  const welcomed = new Promise<void>((resolve, reject) => {
    line.onText = (payload) => {
      const text = payload.toString();
      if (text.startsWith('{"type":"welcome"')) {
        line.onText = undefined;
        resolve();
      } else reject(new Error(text.slice(0, 200)));
    };
  });
  line.text(JSON.stringify({ type: 'hello', ref: 'h', token, rooms }));
  await welcomed;
  return line;
}

const ACK = Buffer.from('{"type":"ack"');
const ERROR = Buffer.from('{"type":"error"');

function speaker(line: RawLine, rooms: readonly string[]): Speaker {
  const waiting = new Map<string, { done: (seq: number) => void; fail: (error: Error) => void }>();
  let refs = 0;
  line.onText = (payload) => {
    const isAck = payload.subarray(0, ACK.length).equals(ACK);
    if (!isAck && !payload.subarray(0, ERROR.length).equals(ERROR)) return;
    const frame = JSON.parse(payload.toString()) as { ref: string; message?: { seq: number }; code?: string };
    const asker = waiting.get(frame.ref);
    waiting.delete(frame.ref);
    if (frame.message === undefined) asker?.fail(new Error(frame.code));
    else asker?.done(frame.message.seq);
  };
  return {
    line,
    say(room, text) {
      refs += 1;
      const ref = String(refs);
      const nonce = `${process.hrtime.bigint()}-${refs}`;
      line.text(JSON.stringify({ type: 'send', ref, room: rooms[room], nonce, text }));
      return new Promise((done, fail) => waiting.set(ref, { done, fail }));
    },
  };
}
