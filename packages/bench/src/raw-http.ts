import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 200');
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;

/** A connection that asks one thing after another and reads no more of an answer than where it ends. */
export interface RawHttp {
  /** Resolves with the length of the body; anything but 200 is a failure. */
  get(path: string): Promise<number>;
  close(): void;
}

export async function openRawHttp(port: number, token: string): Promise<RawHttp> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  let waiting: PromiseWithResolvers<number> | undefined;
  let head: Buffer = Buffer.alloc(0);
  let length = 0;
  let left = 0;
  socket.on('data', (piece: Buffer) => {
    if (left > 0) left -= piece.length;
    else {
      head = head.length === 0 ? piece : Buffer.concat([head, piece]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      const text = head.toString('latin1', 0, end + 2);
      if (!head.subarray(0, OK.length).equals(OK)) return waiting?.reject(new Error(text));
      length = Number(LENGTH.exec(text)?.[1]);
      left = length - (head.length - end - HEAD_END.length);
      head = Buffer.alloc(0);
    }
    if (left === 0) waiting?.resolve(length);
  });
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')));
  return {
    get(path) {
      if (socket.destroyed) return Promise.reject(new Error('the server closed the connection'));
      waiting = Promise.withResolvers();
      socket.write(`GET /api/v1${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}
