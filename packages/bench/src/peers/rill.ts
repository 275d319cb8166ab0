import { type Person, register, startRedis, startServerProcess } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Peer, RunningPeer, Speaker } from '../peer.ts';
import { pin } from '../processes.ts';
import { RawLine } from '../raw-line.ts';

/** The default limit of sockets a user. */
const SOCKETS_A_USER = 20;
const MESSAGE_BYTES = 200;
const PATH = '/api/v1/live';

/** Off: what keeps one person from taking more than a share is not what is measured. */
const OPEN_LIMITS = {
  LOG_LEVEL: 'error',
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
  LIMIT_PENDING_SOCKETS_PER_ADDRESS: '100000',
};

export interface RillOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Rill over a Redis of its own with `appendfsync always`. */
export function rill({ env = {} }: RillOptions = {}): Peer {
  return {
    name: 'Rill',
    async start(count) {
      const redis = await startRedis();
      const server = await startServerProcess({ env: { ...OPEN_LIMITS, REDIS_URL: redis.url, ...env } });
      pin(redis.pid(), 'load');
      const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
      const rooms: Room[] = [];
      for (let at = 0; at < count; at += 1) rooms.push(await owner.makeRoom({ kind: 'open', name: `room ${at}` }));
      const port = Number(new URL(server.url).port);
      pin(server.pid(), 'server');

      let people = 0;
      /** As many people as the sockets need, each in the rooms of its sockets. */
      async function open(wanted: readonly (readonly number[])[]): Promise<{ line: RawLine; person: Person }[]> {
        const lines: { line: RawLine; person: Person }[] = [];
        for (let from = 0; from < wanted.length; from += SOCKETS_A_USER) {
          const some = wanted.slice(from, from + SOCKETS_A_USER);
          people += 1;
          const person = await register(server.url, { username: `person${people}` });
          for (const room of new Set(some.flat())) {
            await person.put(`/rooms/${rooms[room]?.id}/members/me`);
          }
          for (const _ of some) lines.push({ line: await hello(port, person.token), person });
        }
        return lines;
      }

      const running: RunningPeer = {
        pid: server.pid(),
        redisPid: redis.pid(),
        messageBytes: MESSAGE_BYTES,
        async listeners(wanted) {
          return (await open(wanted)).map(({ line }) => line);
        },
        async speakers(wanted) {
          const ids = rooms.map(({ id }) => id);
          return (await open(wanted)).map(({ line }) => speaker(line, ids));
        },
        async stop() {
          await server.kill('SIGKILL');
          await server.stop();
          await redis.stop();
        },
      };
      return running;
    },
  };
}

async function hello(port: number, token: string): Promise<RawLine> {
  const line = await RawLine.open(port, PATH);
  const welcomed = new Promise<void>((resolve, reject) => {
    line.onText = (payload) => {
      const text = payload.toString();
      if (text.startsWith('{"type":"welcome"')) resolve();
      else reject(new Error(text.slice(0, 200)));
    };
  });
  line.text(JSON.stringify({ type: 'hello', ref: 'h', token }));
  await welcomed;
  line.onText = undefined;
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
