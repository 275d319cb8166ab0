import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A frame as the other side sent it. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A WebSocket by hand: every byte is the test's own. */
export interface RawSocket {
  readonly socket: Socket;
  /** The answer to the handshake up to its empty line. */
  readonly answer: string;
  readonly status: number;
  readonly frames: readonly RawFrame[];
  write(bytes: Buffer): void;
  text(text: string): void;
  /** The close code that came; 1006 if the line broke without one. */
  readonly closed: Promise<number>;
  /** The next text frame that matches, as JSON. */
  json(match?: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export interface FrameParts {
  readonly opcode?: number;
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly mask?: boolean;
  /** The length as it is claimed, where it is not the payload's own. */
  readonly claim?: bigint;
}

/** A frame from client to server; wrong only where the test wants it wrong. */
export function frameOf(payload: Buffer | string, parts: FrameParts = {}): Buffer {
  const body = Buffer.from(payload);
  const { opcode = TEXT, fin = true, rsv = 0, mask = true, claim } = parts;
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const length = claim ?? BigInt(body.length);
  const masked = mask ? 0x80 : 0;
  let header: Buffer;
  if (length < 126n) header = Buffer.from([first, masked | Number(length)]);
  else if (length < 65_536n) {
    header = Buffer.from([first, masked | 126, 0, 0]);
    header.writeUInt16BE(Number(length), 2);
  } else {
    header = Buffer.concat([Buffer.from([first, masked | 127]), Buffer.alloc(8)]);
    header.writeBigUInt64BE(length, 2);
  }
  if (!mask) return Buffer.concat([header, body]);
  const key = randomBytes(4);
  const hidden = Buffer.from(body.map((byte, at) => byte ^ (key[at % 4] ?? 0)));
  return Buffer.concat([header, key, hidden]);
}

export const HANDSHAKE: Readonly<Record<string, string>> = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The bytes of a handshake: headers over the regular ones, empty ones left out. */
export function handshakeOf(
  port: number,
  headers: Record<string, string> = {},
  line = 'GET /api/v1/live HTTP/1.1',
): string {
  const all = Object.entries({ Host: `127.0.0.1:${port}`, ...HANDSHAKE, ...headers }).filter(
    ([, value]) => value !== '',
  );
  return `${line}\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** Opens a socket, shakes hands with these bytes and takes apart what comes back. */
export async function openRaw(port: number, handshake = handshakeOf(port), answersPings = true): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  let seen = Buffer.alloc(0);
  let answer = '';
  const frames: RawFrame[] = [];
  const waiting = new Set<() => void>();
  let code = 1006;
  const { promise: closed, resolve: close } = Promise.withResolvers<number>();
  socket.once('close', () => close(code));

  const takeFrames = () => {
    for (;;) {
      if (seen.length < 2) return;
      const [first = 0, second = 0] = seen;
      const short = second & 0x7f;
      const header = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (seen.length < header) return;
      const length = short === 126 ? seen.readUInt16BE(2) : short === 127 ? Number(seen.readBigUInt64BE(2)) : short;
      if (seen.length < header + length) return;
      const frame = { opcode: first & 0x0f, payload: Buffer.from(seen.subarray(header, header + length)) };
      seen = seen.subarray(header + length);
      if (frame.opcode === CLOSE) {
        code = frame.payload.length < 2 ? 1005 : frame.payload.readUInt16BE(0);
        close(code);
      }
      if (frame.opcode === PING && answersPings) socket.write(frameOf(frame.payload, { opcode: PONG }));
      frames.push(frame);
      for (const wake of waiting) wake();
    }
  };
  const shaken = new Promise<void>((resolve) => {
    socket.on('data', (piece) => {
      seen = Buffer.concat([seen, piece]);
      if (answer === '') {
        const end = seen.indexOf('\r\n\r\n');
        if (end < 0) return;
        answer = seen.toString('latin1', 0, end);
        seen = seen.subarray(end + 4);
        resolve();
      }
      if (answer.startsWith('HTTP/1.1 101')) takeFrames();
    });
    socket.once('close', () => resolve());
  });
  await once(socket, 'connect');
  socket.write(handshake);
  await shaken;
  return {
    socket,
    get answer() {
      return answer;
    },
    status: Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 0),
    frames,
    write: (bytes) => void socket.write(bytes),
    text: (text) => void socket.write(frameOf(text)),
    closed,
    async json(match = () => true) {
      const until = Date.now() + 10_000;
      let at = 0;
      for (;;) {
        for (; at < frames.length; at += 1) {
          const frame = frames[at];
          if (frame?.opcode !== TEXT) continue;
          const value = JSON.parse(frame.payload.toString()) as Record<string, unknown>;
          if (match(value)) return value;
        }
        if (socket.destroyed || Date.now() > until) throw new Error(`no such frame; closed with ${code}`);
        await Promise.race([
          new Promise<void>((wake) => waiting.add(wake)),
          closed,
          sleep(200, undefined, { ref: false }),
        ]);
      }
    },
  };
}
