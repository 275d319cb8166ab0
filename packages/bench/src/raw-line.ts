import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT_FIN = 0x81;
const PING = 0x09;
const PONG_FIN = 0x8a;
const CLOSE = 0x08;
const MASKED = 0x80;

/** What a line does with what comes: the payloads, or only how long they are. */
export type OnText = (payload: Buffer) => void;

/**
 * A WebSocket client that does nearly nothing, so that the load is not what is measured: it walks over the frames
 * and copies a payload only for who asks for it.
 */
export class RawLine {
  readonly socket: Socket;
  /** Text frames that came, of at least `countFrom` bytes: the shorter ones are the protocol's own. */
  count = 0;
  countFrom = 1;
  /** Told of each counted frame; cheap. */
  onCount: ((line: RawLine) => void) | undefined;
  /** Told of each text frame, whole; where it is not set, payloads are not looked at. */
  onText: OnText | undefined;
  onClose: ((code: number) => void) | undefined;
  bytes = 0;
  #rest: Buffer | undefined;
  /** Bytes of the present frame's payload that are still to come, and nobody wants. */
  #skip = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
  }

  /** Opens a socket and shakes hands; the answer to that has been read when it resolves. */
  static async open(port: number, path: string, headers: Record<string, string> = {}): Promise<RawLine> {
    const socket = connect(port, '127.0.0.1');
    const line = new RawLine(socket);
    await once(socket, 'connect');
    const key = randomBytes(16).toString('base64');
    const all = {
      Host: `127.0.0.1:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    let answer = Buffer.alloc(0);
    for (;;) {
      const [piece] = (await once(socket, 'data')) as [Buffer];
      answer = Buffer.concat([answer, piece]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0) continue;
      const head = answer.toString('latin1', 0, end);
      if (!head.startsWith('HTTP/1.1 101')) throw new Error(`no socket: ${head.split('\r\n')[0]}`);
      const rest = answer.subarray(end + 4);
      // Whoever opened it says first what to do with what comes.
      socket.pause();
      if (rest.length > 0) socket.unshift(rest);
      socket.on('data', (more: Buffer) => line.#read(more));
      setImmediate(() => socket.resume());
      socket.on('close', () => line.onClose?.(1006));
      return line;
    }
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    const frame = Buffer.allocUnsafe(head + length);
    frame[0] = TEXT_FIN;
    if (head === 6) frame[1] = MASKED | length;
    else if (head === 8) {
      frame[1] = MASKED | 126;
      frame.writeUInt16BE(length, 2);
    } else {
      frame[1] = MASKED | 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    // A mask of zeros hides nothing and is a mask.
    frame.writeUInt32BE(0, head - 4);
    frame.write(text, head);
    this.socket.write(frame);
  }

  destroy(): void {
    this.socket.destroy();
  }

  #read(piece: Buffer): void {
    this.bytes += piece.length;
    let data = piece;
    if (this.#rest !== undefined) {
      data = Buffer.concat([this.#rest, piece]);
      this.#rest = undefined;
    }
    let at = 0;
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, data.length);
      this.#skip -= skipped;
      at = skipped;
    }
    while (at < data.length) {
      const left = data.length - at;
      const short = left > 1 ? (data[at + 1] ?? 0) & 0x7f : 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (left < head) break;
      const length = head === 2 ? short : head === 4 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6);
      const opcode = (data[at] ?? 0) & 0x0f;
      const whole = left >= head + length;
      if (opcode === 1) {
        if (this.onText !== undefined) {
          if (!whole) break;
          this.onText(data.subarray(at + head, at + head + length));
        }
        if (length >= this.countFrom) {
          this.count += 1;
          this.onCount?.(this);
        }
      } else {
        if (!whole) break;
        this.#control(opcode, data.subarray(at + head, at + head + length));
      }
      if (!whole) {
        this.#skip = head + length - left;
        return;
      }
      at += head + length;
    }
    if (at < data.length) this.#rest = Buffer.from(data.subarray(at));
  }

  #control(opcode: number, payload: Buffer): void {
    if (opcode === PING) {
      this.socket.write(Buffer.concat([Buffer.from([PONG_FIN, MASKED | payload.length, 0, 0, 0, 0]), payload]));
    } else if (opcode === CLOSE) this.onClose?.(payload.length < 2 ? 1005 : payload.readUInt16BE(0));
  }
}
