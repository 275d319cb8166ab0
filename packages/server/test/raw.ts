import { connect } from 'node:net';

/** What came back for bytes that a browser would not send. */
export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** How long an answer may take that the server's own time-outs do not bring. */
const PATIENCE_MS = 40_000;

/** Writes bytes to a port and reads one answer, or the end of the connection. `100 Continue` is passed over. */
export function exchange(
  port: number,
  bytes: string | Uint8Array,
  drip?: { every: number; piece: string },
  andEnd = false,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const dripping = drip && setInterval(() => socket.write(drip.piece), drip.every);
    const patience = setTimeout(
      () => done(new Error(`no answer to ${JSON.stringify(String(bytes).slice(0, 80))}`)),
      PATIENCE_MS,
    );
    const done = (result: RawAnswer | Error) => {
      clearTimeout(patience);
      clearInterval(dripping);
      socket.destroy();
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    socket.on('connect', () => (andEnd ? socket.end(bytes) : socket.write(bytes)));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = whole(received);
      if (answer !== undefined) done(answer);
    });
    // The server may close while we still write; what it said before counts.
    socket.on('error', () => {});
    socket.on('close', () => done(whole(received, true) ?? { status: 0, headers: new Map(), body: '' }));
  });
}

function whole(bytes: Buffer, ended = false): RawAnswer | undefined {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(line.split(' ')[1]);
  if (status === 100) return whole(bytes.subarray(end + 4), ended);
  const headers = new Map(
    lines.map((each) => [each.split(':')[0]?.toLowerCase() ?? '', each.replace(/^[^:]*: ?/, '')]),
  );
  const body = bytes.subarray(end + 4);
  const length = headers.get('content-length');
  if (!ended && (length === undefined || body.length < Number(length))) return undefined;
  return { status, headers, body: body.toString('utf8') };
}
